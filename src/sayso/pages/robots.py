"""What a host's robots.txt asks of programs (RFC 9309)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "sayso"
"""The name under which robots.txt may speak to this program."""

SIZE_LIMIT = 512 * 1024
"""Bytes of a robots.txt that are heeded; RFC 9309 asks for at least 500 KiB."""

_LONGEST_LINE = 2_000
_AGENT = re.compile(r"\s*user[- ]?agent\b[\s:]*([^#\s]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host.

    Attributes:
        delay: The seconds that it wants between two pages, 0 where it does not say.
        closed: Whether nothing may be asked for: the host was there, but would not give its rules.
    """

    delay: float = 0.0
    closed: bool = False
    _parsed: Any = field(default=None, repr=False)

    def may_fetch(self, url: str) -> bool:
        """Say whether the rules let this program ask for an address."""
        if self.closed:
            return False
        return self._parsed is None or bool(self._parsed.can_fetch(url, NAME))


def read_rules(status: int, body: bytes) -> Rules:
    """Read the answer to a request for robots.txt.

    Without rules (4xx) all may be fetched; where the host is in trouble or overrun (5xx, 429) nothing may, as RFC 9309
    2.3.1 has it.

    Args:
        status: The status of the answer, after redirects.
        body: The file, where there is one.
    """
    if status == 429 or status >= 500:
        return Rules(closed=True)
    if not body:
        return Rules()
    from protego import Protego

    parsed = Protego.parse("\n".join(_our_lines(body[:SIZE_LIMIT].decode("utf-8", "replace").removeprefix("\ufeff"))))
    return Rules(delay=float(parsed.crawl_delay(NAME) or 0.0), _parsed=parsed)


def _our_lines(text: str) -> Iterator[str]:
    """Yield the lines with all programs that are not meant under one name.

    A rule is kept once for each program named above it, so that thousands of names before thousands of rules would
    fill the memory.
    """
    for line in text.splitlines():
        found = _AGENT.match(line)
        if found and found[1] != "*":
            agent = found[1].replace("*", "").lower()
            yield f"User-agent: {agent if agent and NAME.startswith(agent) else 'another'}"
        elif len(line) <= _LONGEST_LINE:
            yield line
