"""One desk per profile and agent: a second start wakes the first and hands over what it was asked to open."""

from collections.abc import Callable
from hashlib import sha256

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


class SingleInstance(QObject):
    """Holds the name of a profile (by its folder) and agent on this computer, for this user."""

    def __init__(self, profile: str, agent: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "guichet-" + sha256(f"{profile}\0{agent}".encode()).hexdigest()[:24]
        self._server: QLocalServer | None = None

    def wake_other(self, message: str = "") -> bool:
        """Tell a running desk to come forward; True when there was one."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(message.encode()[:4096] + b"\n")
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def hold(self, woken: Callable[[str], None]) -> None:
        """Be the running desk; `woken` gets what a later start asked for."""
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)  # what a killed desk left behind; a live one was asked first
        if not server.listen(self._name):
            raise OSError(f"The desk's local name cannot be held: {server.errorString()}")
        server.newConnection.connect(lambda: self._welcome(server, woken))
        self._server = server

    def release(self) -> None:
        """Let another desk have the name (after signing out)."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _welcome(self, server: QLocalServer, woken: Callable[[str], None]) -> None:
        socket = server.nextPendingConnection()

        def read() -> None:
            if socket.canReadLine():
                woken(bytes(socket.readLine().data()).decode(errors="replace").strip())
                socket.disconnectFromServer()

        socket.readyRead.connect(read)
        socket.disconnected.connect(socket.deleteLater)
        read()
