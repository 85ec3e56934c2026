"""The list of feeds that somebody watches: a TOML file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.pages.addresses import RefusedAddressError, parse
from sayso.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 15.0
"""Minutes between two looks at a feed for which `feeds.toml` states none."""

_LIST_BYTES = 5_000_000
_LEAST, _MOST = 0.005, 60.0 * 24 * 31


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that is watched.

    Attributes:
        url: Its address, in one spelling.
        every: Minutes between two looks at it.
        outlet: Who publishes it, for pages that do not say.
        language: The language of its pages in two letters, for pages that do not say.
    """

    url: str
    every: float = EVERY
    outlet: str | None = None
    language: str | None = None


def sources(path: Path) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Read the list of feeds to watch.

    Args:
        path: A TOML file with a table ``[[feed]]`` for each feed: ``url``, and where wanted ``every`` (minutes),
            ``outlet`` and ``language``. An ``every`` before them holds for all that have none.

    Returns:
        The feeds in the file's order, and a problem for each key that makes no sense. A feed without a usable address
        is left out; another bad key is passed over.
    """
    read = _parsed(path)
    if isinstance(read, Problem):
        return (), (read,)
    problems: list[Problem] = []
    feeds = read.pop("feed", [])
    usual = _checked({"every": EVERY} | read, ("every",), str(path), problems)
    found: dict[str, Source] = {}
    for number, feed in enumerate(feeds if isinstance(feeds, list) else [feeds], 1):
        place = f"{path}, feed {number}"
        if not isinstance(feed, dict):
            problems.append(_bad(place, "It is no table.", 'Begin it with a line "[[feed]]".', lost=True))
            continue
        stated = _checked(feed, ("url", "every", "outlet", "language"), place, problems)
        if "url" not in stated:
            if "url" not in feed:
                what = "The feed has no address."
                problems.append(_bad(place, what, 'Give it as url = "https://...".', lost=True))
            continue
        source = Source(**{"every": usual.get("every", EVERY)} | stated)
        if source.url in found:
            problems.append(_bad(place, f"{source.url} stands in the list twice.", "Leave one of them out."))
        found.setdefault(source.url, source)
    if not found and not problems:
        what = "There is no feed in the list."
        problems.append(_bad(str(path), what, 'Put a table "[[feed]]" with a url into it.', lost=True))
    return tuple(found.values()), tuple(problems)


def _parsed(path: Path) -> dict[str, Any] | Problem:
    import tomllib

    try:
        with path.open("rb") as stream:
            body = stream.read(_LIST_BYTES + 1)
        if len(body) > _LIST_BYTES:
            return _bad(str(path), "The list is larger than 5 MB.", "Make several lists of it.", lost=True)
        return tomllib.loads(body.decode("utf-8-sig"))
    except OSError as error:
        what = f"The list cannot be read: {error.strerror}."
        return Problem("unreadable", str(path), what, "Check that it exists and that you may read it.", lost=True)
    except (ValueError, RecursionError) as error:
        what = f"The list is not valid TOML: {str(error).rstrip('.')}."
        return _bad(str(path), what, "Mend that place; docs/web.md shows how a list looks.", lost=True)


def _checked(stated: dict[str, Any], keys: tuple[str, ...], place: str, problems: list[Problem]) -> dict[str, Any]:
    """Return the values that can be used, and say what is wrong with the others."""
    found: dict[str, Any] = {}
    for key, value in stated.items():
        if key not in keys:
            problems.append(
                _bad(place, f"There is no key called {key[:60]!r} here.", f"The keys are {', '.join(keys)}.")
            )
            continue
        try:
            found[key] = _FORMS[key](value)
        except (ValueError, TypeError) as error:
            what = f"The {key} is {str(value)[:80]!r}, which cannot be used."
            problems.append(_bad(place, what, str(error), lost=key == "url"))
    return found


def _bad(place: str, what: str, remedy: str, *, lost: bool = False) -> Problem:
    return Problem("bad-feed-list", place, what, remedy, lost=lost)


def _as_url(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError('Give it in quotation marks, as "https://...".')  # noqa: TRY004 - a bad value of any type
    try:
        return parse(value).url
    except RefusedAddressError as error:
        raise ValueError(f"{error} {error.remedy}") from None


def _as_minutes(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not _LEAST <= value <= _MOST:
        raise ValueError(f"Give the minutes between two looks as a number up to {_MOST:g}.")
    return float(value)


def _as_words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("Give it as words in quotation marks, or leave it out.")
    return value.strip()


def _as_language(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2}", value):
        raise ValueError('Give two letters, such as "en".')
    return value.lower()


_FORMS = {"url": _as_url, "every": _as_minutes, "outlet": _as_words, "language": _as_language}
