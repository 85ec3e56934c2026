"""The word lists of this room, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def word_list(name: str) -> dict[str, Any]:
    """Return the tables of ``words/NAME.toml``.

    Args:
        name: The file's name without its ending; the comments at its head say what its tables hold.
    """
    file = resources.files(__package__).joinpath("words", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
