"""Messages and web chat on real parts: the database, a provider's double, the switch, a browser."""
