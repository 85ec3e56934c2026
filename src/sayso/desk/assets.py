"""The desk's own files for browsers, each under an address with its hash, so that browsers may keep them for ever.

What exports carry as well is kept with them, and served from there: the colours of pictures and the outlines of land.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.export import svg

AT = "/static"
"""Where they are."""

PICTURES = "pictures.css"
"""The rules for all pictures that the program draws."""

OUTLINES = "atlas/countries-110m.json"
"""The outlines of land, coarse."""

KINDS = {"css": "text/css", "js": "text/javascript", "json": "application/json", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its address, and the hash that browsers hold it against."""

    href: str
    integrity: str


@cache
def asset(name: str) -> Asset:
    """Return a file as pages name it.

    Args:
        name: Its path within the folder ``static``, or `PICTURES` or `OUTLINES`.
    """
    digest = hashlib.sha256(_bytes(name)).digest()
    return Asset(f"{AT}/{digest.hex()[:16]}/{name}", f"sha256-{b64encode(digest).decode()}")


@cache
def find(digest: str, name: str) -> tuple[bytes, str] | None:
    """Return a file's bytes and their kind by its address, or None where there is no such file."""
    kind = KINDS.get(name.rpartition(".")[2])
    if kind is None or name not in _names() or asset(name).href != f"{AT}/{digest}/{name}":
        return None
    return _bytes(name), kind


@cache
def _names() -> frozenset[str]:
    folder = files("sayso.desk") / "static"
    own = [one.name for one in folder.iterdir() if one.is_file()]
    vendored = [f"vendor/{one.name}" for one in (folder / "vendor").iterdir() if one.is_file()]
    return frozenset((*own, *vendored, PICTURES, OUTLINES))


def _bytes(name: str) -> bytes:
    if name == PICTURES:
        return svg.STYLE.encode()
    room, folder = ("sayso.export", ()) if name == OUTLINES else ("sayso.desk", ("static",))
    return files(room).joinpath(*folder, *name.split("/")).read_bytes()
