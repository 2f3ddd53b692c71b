"""Ports of our own servers on the loopback address."""

import socket
import sys

HOST = "127.0.0.1"


def is_free(port: int, kind: socket.SocketKind = socket.SOCK_STREAM) -> bool:
    """Whether a server of ours could listen there now."""
    with socket.socket(socket.AF_INET, kind) as probe:
        # What a server that ended left behind hinders none; on Windows it would let us take a port in use.
        if kind == socket.SOCK_STREAM and sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
