"""Mail: sources and transports, and understanding a message; what becomes of it is decided elsewhere."""
