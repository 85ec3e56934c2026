"""The original of a report: the page of a PDF as a picture with the words boxed, or the words of a web page.

A web page that was read is never served as a page of the desk, in no part of it: what is shown are words.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Path, Query, Response
from pydantic import BaseModel

from sayso.desk.marking import Paragraph, cut
from sayso.desk.refusals import Refusal
from sayso.desk.report import About, Id, Read, about, read
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen  # noqa: TC001 - FastAPI reads the annotations
from sayso.find.shown_page import shown_page
from sayso.find.trace import traces
from sayso.records import Trace

if TYPE_CHECKING:
    from sayso.records import Claim, Page

pages = Pages()

_WIDTH = 1000
_LONGEST = 15.0
_AT_ONCE = threading.Semaphore(2)
_ON_THE_WEB = re.compile(r"https?://", re.IGNORECASE)
Chosen = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9._-]{1,100}$", description="A claim whose words are wanted.")]
Number = Annotated[int, Path(ge=1, le=100_000)]


class Here(BaseModel):
    """A claim whose words are marked.

    Attributes:
        id: Its id.
        told: How many came to what harm, in words.
        words: The words that say how many; masked where names of people harmed were not asked for.
    """

    id: str
    told: str
    words: str


class Block(BaseModel):
    """A paragraph or heading of a web page.

    Attributes:
        paragraph: Its words, cut into stretches; offsets count within it.
        heading: Whether it is a heading.
        inside: Whether the report's text was taken from it.
    """

    paragraph: Paragraph
    heading: bool
    inside: bool


class Original(BaseModel):
    """The original of a report.

    Attributes:
        about: The report.
        kind: ``pdf``, ``html``, or ``text`` for what has no other form than its words.
        link: Its address on the web, with what shows the chosen claim's sentence there where that is known; None where
            it has none, or where that spells a name of somebody harmed and such names were not asked for.
        sha256: The hash of its bytes.
        fetched: When it was fetched, ISO 8601 in UTC; None for what was not fetched from the web.
        page: The number of the PDF's page that is shown, from 1; None for others.
        pages: How many pages of the PDF hold text; None for others.
        blocks: The words of a web page.
        claims: The claims whose words are marked here, in the order of the text.
        chosen: The id of the claim that was asked for, or None.
    """

    about: About
    kind: Literal["pdf", "html", "text"]
    link: str | None
    sha256: str
    fetched: str | None
    page: int | None = None
    pages: int | None = None
    blocks: list[Block] = []
    claims: list[Here]
    chosen: str | None


@pages.page("/report/{report}/original", "original.html")
def original(
    visit: Seen,
    report: Id,
    claim: Chosen = None,
    page: Annotated[int | None, Query(ge=1, le=100_000, description="A page of a PDF.")] = None,
) -> Original:
    """Return the original of a report with the words of its claims marked."""
    found = read(visit, report)
    bytes_ = _page_of(visit, found)
    chosen = found.claims.get(claim or "")
    made = Original(
        about=about(found),
        kind="text",
        link=_link(bytes_, found, chosen),
        sha256=bytes_.sha256,
        fetched=bytes_.fetched.at if bytes_.fetched else None,
        claims=[],
        chosen=chosen.id if chosen else None,
    )
    if bytes_.media_type == "application/pdf":
        ways = _on_paper(bytes_, found)
        last = max((anchor.page or 1 for anchor in found.report.anchors), default=1)
        at = page or (ways[chosen.id].page if chosen else None) or 1
        here = [one for one, way in ways.items() if way.page == at]
        return made.model_copy(
            update={"kind": "pdf", "page": min(at, last), "pages": last, "claims": _here(found, here)}
        )
    if bytes_.media_type == "text/html":
        claims = list(found.claims.values())
        shown = shown_page(bytes_, found.report, [one.span for one in claims])
        blocks = [
            Block(
                paragraph=cut(one.text, [(claims[number].id, span) for number, span in one.found]),
                heading=one.heading,
                inside=one.inside,
            )
            for one in shown
        ]
        marked = {claims[number].id for one in shown for number, _ in one.found}
        here = [one for one in found.claims if one in marked]
        return made.model_copy(update={"kind": "html", "blocks": blocks, "claims": _here(found, here)})
    return made


@pages.file("/report/{report}/original/{number}.png")
def picture(visit: Seen, report: Id, number: Number, claim: Chosen = None) -> Response:
    """Return one page of a PDF as a picture, with the words boxed that say how many."""
    found = read(visit, report)
    page = _page_of(visit, found)
    if page.media_type != "application/pdf":
        raise Refusal(404, "The original of this report is no PDF.", "Look at its original as words.")
    ways = [(one, way) for one, way in _on_paper(page, found).items() if way.page == number]
    boxes = [(one, box) for one, way in ways for box in way.boxes]
    asked = {
        "page": number,
        "width": _WIDTH,
        "boxes": [box for _, box in boxes],
        "chosen": [at for at, (one, _) in enumerate(boxes) if one == claim],
    }
    drawn = _drawn(json.dumps(asked).encode() + b"\n" + page.body)
    if not drawn.startswith(b"\x89PNG"):
        raise Refusal(404, f"Page {number} of the PDF cannot be drawn.", "Look at the report's text instead.")
    return Response(drawn, media_type="image/png")


def _page_of(visit: Seen, found: Read) -> Page:
    page = visit.ledger.page_under(found.heading.id)
    if page is None:
        raise Refusal(404, "The page of this report is not here.", "Look at the report's text instead.")
    return page


def _on_paper(page: Page, found: Read) -> dict[str, Trace]:
    """Return by claim where its figure stands on a PDF; worked out anew, since a correction may have moved it."""
    claims = list(found.claims.values())
    ways = traces(page, found.report, [(one.span, one.sentence) for one in claims])
    return {one.id: way for one, way in zip(claims, ways, strict=True)}


def _link(page: Page, found: Read, chosen: Claim | None) -> str | None:
    link = found.report.url
    if chosen is not None:
        way = chosen.trace
        if way == Trace():
            (way,) = traces(page, found.report, [(chosen.span, chosen.sentence)])
        link = way.link or link
    link = link and found.mask.address(link)
    return link if link and _ON_THE_WEB.match(link) else None


def _here(found: Read, claims: list[str]) -> list[Here]:
    cards = (found.cards[one] for one in claims)
    return [Here(id=one.id, told=one.told, words=one.words) for one in cards]


def _drawn(asked: bytes) -> bytes:
    package = str(FilePath(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    with _AT_ONCE:
        try:
            # -P: nothing is imported from the folder that somebody happens to be in.
            done = subprocess.run(
                [sys.executable, "-P", "-m", "sayso.find.pdf_picture"],
                input=asked,
                capture_output=True,
                check=False,
                timeout=_LONGEST,
                env=os.environ | {"PYTHONPATH": paths},
            )
        except (OSError, subprocess.TimeoutExpired):
            return b""
    return done.stdout if done.returncode == 0 else b""
