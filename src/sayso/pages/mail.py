"""Messages (.eml) and web pages saved in one file (.mht): the words of the message, and the reports attached to it.

RFC 5322 and RFC 2045 to 2047; MHT is RFC 2557. What is malformed is read as far as it goes.
"""

from __future__ import annotations

import email.utils
import json
import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

from sayso.pages.source import of_bytes
from sayso.problems import Problem
from sayso.records import Given, Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from sayso.pages.source import Reader, Source

SIZE_LIMIT = 50_000_000
"""The largest message, in bytes; it is held in memory several times over."""

LINE_LIMIT = 1_000_000
PART_LIMIT = 2_000
_MALFORMED = (MessageError, ValueError, LookupError, TypeError, AttributeError)
"""What the standard library raises over headers and parts that are not built as they should be."""

_FEWEST_WORDS = 30
"""A plain version with fewer words than this only says that there is another one."""


def pages(source: Source, body: bytes, read: Reader) -> Iterator[Page | Problem]:
    """Read a message or a saved web page.

    Args:
        source: The file.
        body: All its bytes.
        read: What reads a file attached to it.

    Yields:
        The page that the message itself is, with its subject, sender and date where the page does not say them; then
        what its attachments hold. Attachments of other kinds, such as pictures, are left out.
    """
    if len(body) > SIZE_LIMIT or body.count(b"\n") > LINE_LIMIT or body.count(b"\n--") > 2 * PART_LIMIT:
        what = "The message is larger, or made of more parts, than can be read safely."
        yield Problem("too-large", source.where, what, "Save its text and its attachments by themselves.", lost=True)
        return
    try:
        parts = _parts(message_from_bytes(body, policy=policy.compat32))
    except (RecursionError, *_MALFORMED) as error:
        what = f"The message is not built as messages are ({type(error).__name__})."
        yield Problem("broken-message", source.where, what, "Save its text by itself.", lost=True)
        return
    message = parts[0]
    said = [part for part in parts if not _name(part)]
    main = _main(said)
    if main is not None:
        yield _page(source, message, main)
    found = main is not None
    for part in parts:
        name = _name(part)
        if not name or part.is_multipart():
            continue
        tape, file = of_bytes(_bytes(part))
        attached = replace(source.member(tape, name, file), archive=source.archive)
        for one in read(attached):
            if not (isinstance(one, Problem) and one.code in {"not-a-report", "empty-file"}):
                found = True
                yield one
    if not found:
        what = "The message has neither words nor a report attached."
        yield Problem("no-text", source.where, what, "Save it again from the program that it was read in.", lost=True)


def _parts(message: Message) -> list[Message]:
    """Return the message and all its parts; those of a message forwarded as an attachment count as its own."""
    return list(message.walk())


def _main(parts: list[Message]) -> Message | None:
    """Return the part with the message's words: plain ones where they are more than a hint, else HTML.

    Programs write the plain version from the other one, without what is only there for the eye. Of a saved web page
    (``multipart/related``) the first HTML part is the page, the others are its frames.
    """
    plain = next((part for part in parts if part.get_content_type() == "text/plain" and _bytes(part).strip()), None)
    marked_up = next((part for part in parts if part.get_content_type() == "text/html" and _bytes(part).strip()), None)
    if plain is not None and (marked_up is None or len(_bytes(plain).split()) >= _FEWEST_WORDS):
        return plain
    return marked_up


def _page(source: Source, message: Message, main: Message) -> Page:
    subject, sender = _words(message, "Subject"), _words(message, "From")
    name, address = email.utils.parseaddr(sender or "")
    is_saved_page = message.get_content_type() == "multipart/related" and "Snapshot-Content-Location" in message
    about = Given(
        title=subject,
        outlet=None if is_saved_page else (name or address or None),
        published=None if is_saved_page else _date(message),
    )
    charset = _charset(main)
    if main.get_content_type() == "text/plain":
        text = _decoded(_bytes(main), charset).replace("\r\n", "\n")
        known = {"text": text, "title": about.title, "outlet": about.outlet, "published": about.published}
        record = json.dumps({name: value for name, value in known.items() if value is not None}, ensure_ascii=False)
        return Page(record.encode("utf-8", "surrogatepass"), source.where, "application/json", archive=source.archive)
    location = _words(message, "Snapshot-Content-Location") or _words(main, "Content-Location")
    url = location if location and re.match(r"https?://", location) else None
    body = _bytes(main)
    return Page(body, source.where, "text/html", url=url, charset=charset, given=about, archive=source.archive)


def _bytes(part: Message) -> bytes:
    """Return a part's bytes with its transfer encoding undone."""
    try:
        body = part.get_payload(decode=True)
    except _MALFORMED:
        return b""
    return body if isinstance(body, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except _MALFORMED:
        return None


def _decoded(body: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8"):
        try:
            return body.decode(name or "utf-8")
        except (LookupError, ValueError):
            continue
    return body.decode("cp1252", "replace")


def _name(part: Message) -> str | None:
    """Return the name of a file that is attached; the message's own words have none."""
    try:
        name = part.get_filename()
        attached = part.get_content_disposition() == "attachment"
    except _MALFORMED:
        return None
    if part.get_content_maintype() == "multipart" or not (name or attached):
        return None
    return _plain(name or "attachment")


def _words(part: Message, header: str) -> str | None:
    """Return a header in plain words, its encoded ones decoded."""
    try:
        stated = part[header]
        return _plain(str(make_header(decode_header(stated)))) if stated else None
    except _MALFORMED:
        return None


def _plain(words: str) -> str:
    return " ".join(words.encode("utf-8", "replace").decode().split())


def _date(message: Message) -> str | None:
    """Return the header ``Date`` in ISO 8601, in the sender's own time."""
    try:
        return email.utils.parsedate_to_datetime(message["Date"]).isoformat()
    except (*_MALFORMED, OverflowError):
        return None
