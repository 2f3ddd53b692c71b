"""What people do, one module per verb family; each names the ports (Protocols) it needs."""
