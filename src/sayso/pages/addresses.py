"""Which addresses may be asked: how an address is taken apart, and which hosts are refused.

A page, a redirect or a list may name any address, and who runs the program may stand inside a network that trusts
them. So only public hosts are asked, unless a setting allows one by name.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from sayso.settings import Web

_LONGEST = 4000
_STANDARD = {"http": 80, "https": 443}
_LOOKS_LIKE_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://\S+")
_NUMERIC = re.compile(r"(?:0[xX][0-9a-fA-F]*|\d+)\.?")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*")
# What RFC 3986 lets stand in a path and in a query, and % for what is encoded already.
_IN_PATH, _IN_QUERY = "/:@!$&'()*+,;=~-._%", "/:@!$&'()*+,;=~-._%?"

# IANA's registries of special-purpose addresses (RFC 6890 and its updates), and what lies outside them all the same.
# The library's own is_global differs between versions of Python.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # the metadata and wire server of Azure
        *("::/96", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20"),
        *("5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)
# IPv6 addresses that carry an IPv4 one which is where they lead: mapped, NAT64 (RFC 6052, RFC 8215) and 6to4.
_CARRIERS = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
)


class RefusedAddressError(ValueError):
    """An address is not asked; `code`, the message and `remedy` make a Problem of it."""

    def __init__(self, code: str, what: str, remedy: str, *, passing: bool = False) -> None:
        super().__init__(what)
        self.code = code
        self.remedy = remedy
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address taken apart; nothing else takes it apart again before it is asked.

    Attributes:
        scheme: ``http`` or ``https``.
        host: A name in lower-case ASCII, or an IP address without brackets.
        port: The port, stated or usual.
        target: Path and query as they are sent.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, the port only where it is not the scheme's own."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _STANDARD[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, in one spelling and without a fragment."""
        return self.origin + self.target


def is_address(name: str) -> bool:
    """Say whether an input is an address on the web (of any scheme) and no file's name.

    >>> is_address("https://review.example/a"), is_address("reports/a.txt"), is_address("C:/a.txt")
    (True, False, False)
    """
    return _LOOKS_LIKE_ADDRESS.fullmatch(name.strip()) is not None


def parse(url: str) -> Address:
    """Take an address apart.

    >>> parse("HTTP://Review.Example:80/a b?q=é#top").url
    'http://review.example/a%20b?q=%C3%A9'

    Raises:
        RefusedAddressError: It is none of http or https, names no host, carries a password, or spells its host or
            port in a way that programs read differently.
    """
    url = url.strip()
    if len(url) > _LONGEST or re.search(r"[\x00-\x1f\x7f\\]", url):
        raise RefusedAddressError("bad-address", "This is no usable web address.", "Copy the address again.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise RefusedAddressError("bad-address", "This is no usable web address.", "Copy the address again.") from None
    if not parts.scheme:
        what = "This is no web address."
        raise RefusedAddressError("bad-address", what, "Give one that begins with https:// or http://.")
    if parts.scheme not in _STANDARD:
        what = f"Addresses of the kind {parts.scheme[:20]!r} are not fetched."
        raise RefusedAddressError("bad-address", what, "Give an address that begins with https:// or http://.")
    if "@" in parts.netloc:
        what = "The address carries a user name or password, which would be sent along."
        raise RefusedAddressError("bad-address", what, "Leave out what stands before the @.")
    path = quote(parts.path or "/", safe=_IN_PATH)
    query = f"?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else ""
    return Address(parts.scheme, _host(parts.hostname or ""), port or _STANDARD[parts.scheme], path + query)


def _host(host: str) -> str:
    """Return a host in its one spelling."""
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host)) if "%" not in host else _odd(host)
        except ValueError:
            _odd(host)
    try:
        # This codec also folds what only looks like a letter or digit, so the checks below see what is asked.
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        _odd(host)
    if _NUMERIC.fullmatch(name.rpartition(".")[2]):
        # Some programs read 0x7f.1, 017700000001 and 2130706433 as 127.0.0.1; here only the plain form is an address.
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            _odd(host)
    return name if _HOST.fullmatch(name) else _odd(host)


def _odd(host: str) -> NoReturn:
    what = f"{host[:60]!r} is no plain spelling of a host."
    raise RefusedAddressError("bad-address", what, "Write the host's name, or its IP address in the usual form.")


def network_addresses(address: Address, settings: Web) -> tuple[str, ...]:
    """Look a host up, and return the network addresses that may be asked for it.

    The connection must be made to one of these and not to the name, which may mean another host by then.

    Raises:
        RefusedAddressError: The port is not among the usual ones, the host cannot be found, or one of its network
            addresses is not public, and no setting allows it.
    """
    allowed = is_allowed(address, settings)
    if address.port not in settings.ports and not allowed:
        what = f"Port {address.port} is not one that web pages usually have."
        remedy = f'If you trust it, add "{address.host}:{address.port}" to web.allow in sayso.toml.'
        raise RefusedAddressError("refused-address", what, remedy)
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        what = f"The host {address.host} cannot be found: {getattr(error, 'strerror', None) or error}."
        passing = getattr(error, "errno", None) == socket.EAI_AGAIN
        raise RefusedAddressError(
            "no-such-host", what, "Check the address and your network.", passing=passing
        ) from None
    ips = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    inside = [ip for ip in ips if not is_public(ip)]
    if inside and not allowed:
        what = f"The host {address.host} is {inside[0]}, which is not an address of the public web."
        remedy = f'If you trust it, add "{address.host}" to web.allow in sayso.toml.'
        raise RefusedAddressError("refused-address", what, remedy)
    return ips


def is_allowed(address: Address, settings: Web) -> bool:
    """Say whether a setting allows the host, with this port where it is not among the usual ones."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    allowed = {entry.lower() for entry in settings.allow}
    return f"{host}:{address.port}" in allowed or (host in allowed and address.port in settings.ports)


def is_public(ip: str) -> bool:
    """Say whether an IP address belongs to the public internet and to nothing special in it.

    >>> is_public("93.184.215.14"), is_public("100.64.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    try:
        parsed = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        for network, shift in _CARRIERS:
            if parsed in network:
                return is_public(str(ipaddress.IPv4Address((int(parsed) >> shift) & 0xFFFFFFFF)))
    return not any(parsed in network for network in _REFUSED)
