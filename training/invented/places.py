"""Invented people, places and bodies, put together from parts so that no model can learn them by heart."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

DATA = Path(__file__).parent / "data"


@cache
def words(name: str) -> dict[str, Any]:
    """Return one of the word lists in ``data/``."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


class Region:
    """One invented country: its name, its people and as many towns as are asked for.

    Attributes:
        country: Its name.
        nation: The adjective.
        region: A province.
    """

    def __init__(self, culture: str, draw: Random) -> None:
        self._parts: dict[str, list[str]] = words("names")[culture]
        self._draw = draw
        self._taken: set[str] = set()
        stem = draw.choice(self._parts["nation"])
        ends = draw.choice(self._parts["nation_end"]).split("|")
        self.country = stem + ends[0]
        self.nation = stem + ends[1]
        self.region = self.town()

    def _joined(self, name: str) -> str:
        return self._draw.choice(self._parts[name]) + self._draw.choice(self._parts[f"{name}_end"])

    def town(self) -> str:
        """Return a town not returned before."""
        return self._new("place")

    def family(self) -> str:
        """Return a family name not returned before."""
        return self._new("family")

    def _new(self, name: str) -> str:
        made = self._joined(name)
        while made in self._taken:
            made = self._joined(name)
        self._taken.add(made)
        return made

    def person(self, *, woman: bool) -> tuple[str, str]:
        """Return first name and family name."""
        return self._draw.choice(self._parts["women" if woman else "men"]), self.family()
