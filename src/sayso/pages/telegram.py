"""What Telegram Desktop exports: ``result.json`` or ``messages.html``, each message a report of its channel.

The form of ``result.json``: https://core.telegram.org/import-export. A message that was forwarded keeps the name of
where it came from in its record, under ``forwarded_from``.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.problems import Problem
from sayso.records import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.pages.source import Source

_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_HEAD = re.compile(rb'\s*(?:\xef\xbb\xbf)?\{.{0,4000}?"messages"\s*:\s*\[\s*(?:\]|\{\s*"(?:id|type)"\s*:)', re.DOTALL)
_CHATS = re.compile(rb'\s*(?:\xef\xbb\xbf)?\{.{0,20000}?"chats"\s*:\s*\{.{0,2000}?"list"\s*:\s*\[', re.DOTALL)
_PAGE = re.compile(rb'<div class="page_wrap.{0,5000}<div class="page_body chat_page', re.DOTALL)
_NAME = re.compile(r'"name"\s*:\s*("(?:[^"\\]|\\.)*+")')
_CHAT = re.compile(r'"id"\s*:\s*(-?\d+)')
_CLASSES = ("message", "date", "from_name", "forwarded", "text", "page_header")
_SPACE = re.compile(r"[\s,]*+")
_DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")


def is_export(body: bytes) -> bool:
    """Say whether a file is an export of Telegram, by its first bytes."""
    head = body[:40_000]
    return bool(_HEAD.match(head) or _CHATS.match(head) or _PAGE.search(head))


def pages(source: Source, body: bytes) -> Iterator[Page | Problem]:
    """Read the messages of an export.

    Args:
        source: The file.
        body: All its bytes.

    Yields:
        A page for each message with words, a report record of media type ``application/json``; then one problem for
        those that are malformed. What stands before a place where the file breaks off is read.
    """
    text = body.decode("utf-8", "replace").removeprefix("\ufeff")
    found = _of_json(text) if text.lstrip().startswith("{") else _of_html(text)
    broken = count = 0
    whole = True
    for message in found:
        if message is None:
            broken += 1
        elif message is _BREAKS_OFF:
            whole = False
        elif message["text"].strip():
            count += 1
            record = json.dumps({key: value for key, value in message.items() if value}, ensure_ascii=False)
            where = f"{source.where}#message{message['number']}"
            archive = source.archive or source.where
            yield Page(record.encode("utf-8", "surrogatepass"), where, "application/json", archive=archive)
    if broken or not whole:
        parts = [f"{broken:,} of its messages are malformed" * bool(broken), "it breaks off" * (not whole)]
        said = "; ".join(part for part in parts if part)
        what = f"{said[0].upper()}{said[1:]}. All other messages were read."
        yield Problem("broken-records", source.where, what, "Export the channel again.", lost=True)
    elif not count:
        what = "The export holds no message with words."
        yield Problem("empty-archive", source.where, what, "Check that it is the right one.", lost=source.given)


_BREAKS_OFF: dict[str, Any] = {}
"""Stands for the rest of an export that is not there."""


def _of_json(text: str) -> Iterator[dict[str, Any] | None]:
    """Walk the messages of each chat; the name of a chat stands before its messages."""
    decoder = json.JSONDecoder()
    at = 0
    while start := _MESSAGES.search(text, at):
        names, chats = _NAME.findall(text, at, start.start()), _CHAT.findall(text, at, start.start())
        outlet = json.loads(names[-1], strict=False) if names else None
        at = _skip(text, start.end())
        while not text.startswith("]", at):
            try:
                value, end = decoder.raw_decode(text, at)
            except (ValueError, RecursionError):
                yield _BREAKS_OFF
                break
            yield from _message(value, outlet, chats[-1] if chats else None)
            at = _skip(text, end)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _message(value: object, outlet: str | None, chat: str | None) -> Iterator[dict[str, Any] | None]:
    if not isinstance(value, dict):
        yield None
        return
    if value.get("type") == "service":
        return
    number, text = value.get("id"), _joined(value.get("text"))
    if text is None or not isinstance(number, int):
        yield None
        return
    yield {
        "id": f"{chat or outlet or 'telegram'}/{number}",
        "text": text,
        "outlet": outlet or _string(value.get("from")),
        "published": _string(value.get("date")),
        "forwarded_from": _string(value.get("forwarded_from")),
        "number": number,
    }


def _joined(text: object) -> str | None:
    """Join a text, which is a string, or a list of strings and of objects with a "text" (links, bold words)."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return None
    parts = [part.get("text") if isinstance(part, dict) else part for part in text]
    return "".join(part for part in parts if isinstance(part, str))


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _of_html(text: str) -> Iterator[dict[str, Any] | None]:
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError):
        yield from reader.messages
        yield _BREAKS_OFF
        return
    yield from reader.messages
    if reader.open:
        yield _BREAKS_OFF


class _Element(NamedTuple):
    """An element that is open: its class, where it has a known one, and that of the nearest one around that has."""

    name: str
    inside: str
    header: bool
    forwarded: bool


_OUTSIDE = _Element("", "", header=False, forwarded=False)


class _Reader(HTMLParser):
    """Collects the messages of ``messages.html`` by the classes of its ``div`` elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.messages: list[dict[str, Any] | None] = []
        self.open: list[_Element] = []
        self._outlet: list[str] = []
        self._parts: dict[str, list[str]] = {}
        self._message: dict[str, Any] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        if tag not in {"div", "span"}:
            return
        known = dict(attrs)
        classes = (known.get("class") or "").split()
        name = next((one for one in _CLASSES if one in classes), "")
        around = self.open[-1] if self.open else _OUTSIDE
        self.open.append(
            _Element(
                name,
                name or around.inside,
                header=around.header or name == "page_header",
                forwarded=around.forwarded or name == "forwarded",
            )
        )
        if name == "message":
            number = re.fullmatch(r"message-?(\d+)", known.get("id") or "")
            self._message = {"number": int(number[1]) if number else 0}
            self._parts = {"text": [], "forwarded_from": []}
            if "service" in classes or not number:
                self._message["service"] = True
        elif name == "date" and self._message is not None and "published" not in self._message:
            self._message["published"] = _iso(known.get("title"))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"div", "span"} or not self.open:
            return
        closed = self.open.pop()
        if closed.name == "message" and self._message is not None:
            message, self._message = self._message, None
            outlet = " ".join("".join(self._outlet).split())
            if not message.get("service"):
                self.messages.append(
                    {
                        "id": f"{outlet or 'telegram'}/{message['number']}",
                        "text": "".join(self._parts["text"]).strip(),
                        "outlet": outlet or None,
                        "published": message.get("published"),
                        "forwarded_from": " ".join("".join(self._parts["forwarded_from"]).split()) or None,
                        "number": message["number"],
                    }
                )

    def handle_data(self, data: str) -> None:
        around = self.open[-1] if self.open else _OUTSIDE
        if around.inside == "text" and around.header:
            self._outlet.append(data)
        elif self._message is None:
            return
        elif around.inside == "text":
            self._parts["text"].append(data)
        elif around.inside == "from_name" and around.forwarded:
            self._parts["forwarded_from"].append(data)


def _iso(title: str | None) -> str | None:
    """Return a date as the export writes it ("15.03.2023 12:34:56 UTC+03:00") in ISO 8601."""
    found = _DAY.fullmatch((title or "").strip())
    return f"{found[3]}-{found[2]}-{found[1]}T{found[4]}{found[5] or ''}" if found else None
