"""What people and the hub do, one module per verb family; each names the ports (Protocols) it needs.

Input is checked here before it travels, and what crosses a port is a frozen value. No I/O: adapters implement the
ports, `app.bootstrap` joins them. A rule that needs no port belongs to `app.domain`.
"""
