"""A web server on this machine for tests: real sockets, one thread a connection, and every fault a host can have."""

from __future__ import annotations

import socketserver
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.settings import Web

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    path: str
    headers: dict[str, str]
    at: float = field(default_factory=time.monotonic)


@dataclass
class Server:
    """What the server says and was asked. `pages` maps a path to the raw bytes of an answer, or to what sends them."""

    port: int
    scheme: str = "http"
    pages: dict[str, bytes | Callable[[socket.socket, Request], None]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        """Return the address of a path."""
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """Return the requests for a path, in order."""
        return [one for one in self.requests if one.path == path]

    def settings(self, **changes: Any) -> Web:  # noqa: ANN401 - any setting
        """Return settings that allow this server, and wait for nothing that a test does not ask for."""
        usual = {"delay": 0.0, "backoff": 0.01, "timeout": 2.0, "page_time": 10.0, "longest_wait": 5.0}
        return Web(**{"allow": (f"127.0.0.1:{self.port}",), **usual, **changes})

    def variables(self, **changes: str) -> dict[str, str]:
        """Return the same as environment variables."""
        usual = {
            "ALLOW": f"127.0.0.1:{self.port}",
            "DELAY": "0",
            "BACKOFF": "0.01",
            "TIMEOUT": "2",
            "LONGEST_WAIT": "5",
        }
        return {f"SAYSO_WEB_{name}": value for name, value in {**usual, **changes}.items()}


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return an answer as it goes over the wire; Content-Length is right unless it is given."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    named.setdefault("Content-Length", str(len(body)))
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def in_turn(*answers: bytes) -> Callable[[socket.socket, Request], None]:
    """Return a page that answers differently each time, and keeps to its last answer."""
    left = list(answers)

    def page(connection: socket.socket, _request: Request) -> None:
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    return page


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Server]:
    """Run a server, over TLS where a certificate (with its key in the same file) is given."""
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                connection = context.wrap_socket(self.request, server_side=True) if context else self.request
                with connection:
                    connection.settimeout(10)
                    _serve(connection, server)

    class Listener(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 50

    with Listener(("127.0.0.1", 0), Handler) as listener:
        server = Server(listener.server_address[1], "https" if context else "http")
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        listener.shutdown()
        thread.join()


def _serve(connection: socket.socket, server: Server) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65536)
        if not part:
            return
        head += part
    first, *lines = head.decode("latin-1").split("\r\n\r\n", 1)[0].split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    request = Request(first.split(" ")[1], headers)
    server.requests.append(request)
    page = server.pages.get(request.path, answer(b"no such page", "404 Not Found"))
    if isinstance(page, bytes):
        connection.sendall(page)
    else:
        page(connection, request)
