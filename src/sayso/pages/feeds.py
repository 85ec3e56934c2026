"""RSS and Atom feeds to their entries."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.pages.addresses import RefusedAddressError, parse
from sayso.pages.feed_process import MOST_ENTRIES, SECONDS
from sayso.problems import Problem
from sayso.records import Given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.pages.feed_list import Source
    from sayso.records import Fetched

FEED_BYTES = 5_000_000
"""The largest feed, in bytes; most are under a tenth of it."""

_TAG = re.compile(r"<[^<>]{0,1000}>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: an id that stays the same, the address of its page, and what the feed says of that page."""

    id: str
    url: str
    given: Given


def entries(body: bytes, fetched: Fetched, source: Source) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read a feed.

    Args:
        body: Its bytes.
        fetched: How they were fetched.
        source: The feed as it is watched.

    Returns:
        Its entries in the feed's order, each with a page of its own, and the problems met.
    """
    read = _taken_apart(body, fetched)
    if isinstance(read, str):
        remedy = "Look at the address in a browser; other feeds go on."
        return (), (Problem("broken-feed", source.url, read, remedy, lost=True),)
    if not read["version"] and not read["entries"]:
        what = "This is no RSS or Atom feed."
        remedy = "Look for the feed's own address in the source of the outlet's page, and put it into the list."
        return (), (Problem("not-a-feed", source.url, what, remedy, lost=True),)
    outlet = source.outlet or _plain(read["title"])
    found = tuple(_entries(read["entries"], outlet, source))
    return found, tuple(_problems(read, len(found), source))


def _entries(read: list[dict[str, str | None]], outlet: str | None, source: Source) -> Iterator[Entry]:
    for entry in read:
        link = entry["link"]
        if link is None:
            continue
        try:
            url = parse(link).url
        except RefusedAddressError:
            continue
        title, published = _plain(entry["title"]), _date(entry["published"])
        yield Entry(
            entry["id"] or url,
            url,
            Given(title=title, outlet=outlet, url=url, published=published, language=source.language),
        )


def _problems(read: dict[str, Any], found: int, source: Source) -> Iterator[Problem]:
    if read["broken"]:
        what = f"The feed is no valid XML ({read['broken']}); what stands before that place was read."
        yield Problem("broken-feed", source.url, what, "Tell the outlet, if it stays so.")
    if read["left_out"]:
        what = f"The feed has more than {MOST_ENTRIES:,} entries; the last {read['left_out']:,} were left out."
        yield Problem("feed-too-long", source.url, what, "Fetch their pages with sayso read.", lost=True)
    if found < len(read["entries"]):
        what = f"{len(read['entries']) - found} of {len(read['entries'])} entries name no web page, and were left out."
        yield Problem("entry-without-page", source.url, what, "Look at the feed; what they say stands in it alone.")


def _taken_apart(body: bytes, fetched: Fetched) -> dict[str, Any] | str:
    """Return what the process for feeds found, or words that say why it found nothing."""
    about = {"url": fetched.final, "content_type": fetched.header("content-type") or ""}
    # -P: nothing is imported from the folder that somebody happens to be in.
    command = [sys.executable, "-P", "-m", "sayso.pages.feed_process"]
    package = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no word of the feed on the command line
            command,
            input=json.dumps(about).encode() + b"\n" + body,
            capture_output=True,
            check=False,
            timeout=6 * SECONDS,  # by the clock: the machine may be busy
            env=os.environ | {"PYTHONPATH": paths},
        )
        read: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return "Reading the feed took too long."
    except (OSError, ValueError):
        return "The feed could not be read within the limits of time and memory."
    return read


def _plain(words: str | None) -> str | None:
    """Return a title as plain words: feeds have them as text, as HTML, and as HTML written as text."""
    words = " ".join(html.unescape(_TAG.sub("", html.unescape(words or ""))).split())
    return words or None


def _date(stated: str | None) -> str | None:
    """Return a date as stated, RFC 822's form (which RSS has) in ISO 8601 with the zone that it states."""
    if stated is None:
        return None
    try:
        return parsedate_to_datetime(stated).isoformat()
    except (ValueError, TypeError, OverflowError):
        return stated.strip()
