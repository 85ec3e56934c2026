"""One request to one network address, and the answer to it within limits of size and time."""

from __future__ import annotations

import logging
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from http.client import HTTPException
from threading import Timer
from typing import TYPE_CHECKING, Self

from sayso.pages.coding import ACCEPTED, TooLargeError, UnknownCodingError, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from urllib3 import HTTPResponse
    from urllib3.connection import HTTPConnection

    from sayso.pages.addresses import Address
    from sayso.settings import Web

_PIECE = 64 * 1024
_WITH_A_BODY = (200, 203)

# What it would print is said by problems here.
logging.getLogger("urllib3").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        status: The status.
        headers: Names and values in the order in which they came.
        body: The bytes, unpacked; empty for any status but 200 and 203.
        ip: The network address that answered.
        at: When the answer began, ISO 8601 in UTC.
        cut: Why the body is not whole, as the end of a sentence; empty where it is.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    ip: str
    at: str
    cut: str = ""

    def header(self, name: str) -> str | None:
        """Return the first value of a header, or None."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why there is no answer that can be used; `passing` where asking again may help, `down` where nobody is there."""

    code: str
    what: str
    remedy: str
    passing: bool = False
    down: bool = False


def ask(
    address: Address, ips: Sequence[str], headers: Mapping[str, str], settings: Web, *, limit: int | None = None
) -> Answer | NoAnswer:
    """Send one GET request and read the answer.

    Args:
        address: What to ask for; its host names the certificate that is asked for, and the Host header.
        ips: The network addresses that may be connected to, tried in turn. No name is looked up here.
        headers: Headers of the request, beside those that every request has.
        settings: The limits.
        limit: The most bytes of a body; the settings' own when left out.
    """
    failure = NoAnswer("unreachable", "The host has no network address.", "Check the address.")
    for ip in ips[:4]:
        connection = _connection(address, ip, settings)
        with _Watch(settings.page_time) as watch:
            try:
                connection.connect()
                watch.sock = connection.sock
                if watch.ran_out:
                    return _too_slow(settings)
                connection.request(
                    "GET",
                    address.target,
                    headers={"Host": address.authority, "Accept-Encoding": ACCEPTED, "Connection": "close", **headers},
                    preload_content=False,
                    decode_content=False,
                )
                at = datetime.now(UTC).isoformat(timespec="seconds")
                return _read(connection.getresponse(), (ip, at), limit or settings.page_bytes, watch)
            except _failures() as error:
                if watch.ran_out:
                    return _too_slow(settings)
                failure = _told(error, settings)
                if not failure.down:
                    return failure
            finally:
                connection.close()
    return failure


def _connection(address: Address, ip: str, settings: Web) -> HTTPConnection:
    from urllib3.connection import HTTPConnection, HTTPSConnection

    if address.scheme == "http":
        return HTTPConnection(ip, address.port, timeout=settings.timeout)
    # The certificate must be the host's, though the connection is made to its number.
    return HTTPSConnection(
        ip, address.port, timeout=settings.timeout, server_hostname=address.host, ssl_context=_trusted()
    )


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


@cache
def _failures() -> tuple[type[Exception], ...]:
    from urllib3.exceptions import HTTPError

    # ValueError: header lines and lengths that the library cannot make sense of.
    return (HTTPError, HTTPException, OSError, ValueError)


class _Watch:
    """Breaks a connection off when its time has run out, whatever it is doing then."""

    def __init__(self, seconds: float) -> None:
        self.ran_out = False
        self.sock: socket.socket | None = None
        self._timer = Timer(seconds, self._break)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _break(self) -> None:
        self.ran_out = True
        if self.sock is not None:
            # Below TLS: its own way to shut down would change the state that the reader stands on.
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def _read(response: HTTPResponse, came: tuple[str, str], limit: int, watch: _Watch) -> Answer | NoAnswer:
    """Read an answer's headers and body; `came` says from where and when."""
    headers = tuple((name, value) for name, value in response.headers.iteritems())
    answer = Answer(response.status, headers, b"", *came)
    if response.status not in _WITH_A_BODY:
        return answer
    if (response.length_remaining or 0) > limit:
        return _too_large(limit)
    pieces: list[bytes] = []
    size, cut = 0, ""
    try:
        while piece := response.read1(_PIECE, decode_content=False):
            size += len(piece)
            if size > limit:
                return _too_large(limit)
            pieces.append(piece)
    except _failures():
        cut = f"the connection broke after {size:,} bytes"
        if response.length_remaining is not None:
            cut += f" of {size + response.length_remaining:,}"
    if watch.ran_out:
        raise TimeoutError
    try:
        unpacked = unpack(b"".join(pieces), response.headers.get("content-encoding"), limit)
    except TooLargeError:
        return _too_large(limit)
    except UnknownCodingError as error:
        what = f"The answer is packed in a way that was not asked for ({error})."
        return NoAnswer("unknown-coding", what, "Save the page from a browser.")
    return replace(answer, body=unpacked.body, cut=cut or unpacked.damage)


def _told(error: Exception, settings: Web) -> NoAnswer:
    """Put a failure of the connection into words."""
    from urllib3 import exceptions

    causes = (error, *error.args, error.__cause__, error.__context__)
    certificate = next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None)
    if certificate is not None:
        what = f"The host could not prove that it is itself: {certificate.verify_message.rstrip('.')}."
        return NoAnswer("tls-failed", what, "Check the address; do not trust what such a host sends.")
    if isinstance(error, ssl.SSLError | exceptions.SSLError):
        what = "No secure connection could be made to the host."
        return NoAnswer("tls-failed", what, "Check the address; the host may not speak https on this port.")
    if isinstance(error, TimeoutError | exceptions.TimeoutError) and not isinstance(
        error, exceptions.NewConnectionError
    ):
        down = isinstance(error, exceptions.ConnectTimeoutError)
        what = f"The host did not answer within {settings.timeout:g} seconds."
        return NoAnswer("too-slow", what, "Try again later, or raise web.timeout.", passing=True, down=down)
    if isinstance(error, exceptions.NewConnectionError):
        reason = getattr(error.__cause__, "strerror", None) or "it refuses"
        what = f"No connection could be made to the host: {reason}."
        return NoAnswer("unreachable", what, "Check the address, or try again later.", passing=True, down=True)
    what = "The host broke the connection off or answered with something that is no web page."
    return NoAnswer("broken-answer", what, "Try again later, or save the page from a browser.", passing=True)


def _too_slow(settings: Web) -> NoAnswer:
    what = f"The answer was not whole after {settings.page_time:g} seconds."
    return NoAnswer("too-slow", what, "Try again later, or raise web.page_time.")


def _too_large(limit: int) -> NoAnswer:
    what = f"The page is larger than {limit:,} bytes, as sent or as unpacked."
    return NoAnswer("too-large", what, "Save it and read the file, or raise web.page_bytes.")
