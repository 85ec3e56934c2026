"""The word gate: says cheaply which texts cannot hold a claim, so that nothing costly is spent on them.

It looks for whole words and never reads sentences. Its one duty is recall: a text that holds a claim must pass.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def may_hold_claim(text: str) -> bool:
    """Say whether `text` holds a word that a claim of harm could rest on.

    Args:
        text: A report's text, in any case and of any length.

    Returns:
        False only where no word of any ``words/*.toml`` stands in the text.

    >>> may_hold_claim("Three people DIED on the bridge.")
    True
    >>> may_hold_claim("The council met on the new bridge.")
    False
    """
    return holds(text, _gate())


def holds(text: str, words: Any) -> bool:  # noqa: ANN401 - google-re2 is not typed
    """Say whether any of some words, made ready by `ready`, stands in `text` as a whole word, in any case."""
    return words.search(text.encode("utf-8", "surrogatepass")) is not None


@cache
def _gate() -> Any:  # noqa: ANN401 - google-re2 is not typed
    return ready(_words())


def ready(words: Iterable[str]) -> Any:  # noqa: ANN401 - google-re2 is not typed
    """Make words or phrases ready to be looked for all at once."""
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    # RE2's \b knows ASCII letters only, so words are guarded by "no letter of any script".
    return re2.compile(rf"(?:^|[^\pL])(?:{'|'.join(re2.escape(word) for word in words)})(?:[^\pL]|$)", options)


def _words() -> list[str]:
    files = (file for file in resources.files(__package__).joinpath("words").iterdir() if file.name.endswith(".toml"))
    groups = (tomllib.loads(file.read_text(encoding="utf-8")).get("gate", {}) for file in files)
    return sorted({word for group in groups for words in group.values() for word in words})
