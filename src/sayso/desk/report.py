"""The page of a report: its text with every claim's words marked in place, and the claims beside it as cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Path, Query
from pydantic import BaseModel

from sayso.desk.blind import check_report
from sayso.desk.cards import Card, State, card
from sayso.desk.filling import Form  # noqa: TC001 - pydantic reads the annotations
from sayso.desk.marking import Paragraph, marked, parts, shown
from sayso.desk.masking import mask
from sayso.desk.refusals import Refusal
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - FastAPI reads the annotations
from sayso.export import wording

if TYPE_CHECKING:
    from sayso.events import Heading
    from sayso.export.withheld import Mask
    from sayso.ledger.histories import History
    from sayso.records import Claim, Report, Span

pages = Pages()

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{4,100}$", description="An id, whole.")]


class About(BaseModel):
    """What is known of a report beside its text.

    Attributes:
        id: Its id.
        title: Its headline, or None.
        outlet: Who published it, or None.
        published: ISO 8601 date or date-time of publication, or None.
        published_told: The day of publication in words.
        language: ISO 639-1 code, or None.
        origin: The agency or others whose text it is by its credit lines, or None.
        url: Where it was published, or None.
    """

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    published_told: str
    language: str | None
    origin: str | None
    url: str | None


class Standing(BaseModel):
    """How far people have come with a report's claims.

    Attributes:
        claims: How many claims hold in it.
        waiting: How many nobody has ruled on.
        doubtful: How many of these the reader is not sure of.
        undo: The id of the person's own last decision here, where it can be taken back; None for none.
        undo_told: What that was, in words.
    """

    claims: int
    waiting: int
    doubtful: int
    undo: str | None
    undo_told: str


class ReportPage(BaseModel):
    """A report with its claims.

    Attributes:
        about: The report.
        paragraphs: The text, cut into stretches; offsets count code points.
        claims: The claims that begin in this part of the text, in the order of the text.
        standing: How far people have come with all claims of the report.
        part: Which part of the text this is, from 1.
        parts: How many there are; 1 but for very long texts.
    """

    about: About
    paragraphs: list[Paragraph]
    claims: list[Card]
    standing: Standing
    part: int
    parts: int


class ClaimPage(BaseModel):
    """One claim by itself.

    Attributes:
        about: The report that it stands in.
        claim: The claim.
        sentence: The words of the sentence around it.
        standing: How far people have come with the report.
        part: Which part of the report's text it begins in.
        form: The form by which it is corrected, where that was asked for.
        meanwhile: What somebody else ruled while the person looked, where that kept theirs from being written.
        why: The reason that the person gave for what was not written.
    """

    about: About
    claim: Card
    sentence: str
    standing: Standing
    part: int
    form: Form | None = None
    meanwhile: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A report as one person sees it.

    Attributes:
        heading: What is known of it beside its text; names of people harmed are masked unless they were asked for.
        report: The report with its text.
        claims: The claims that hold in it, by their ids, in the order of the text; their words as they stand there.
        shown: The same with names masked, for whatever is said of them.
        cards: The same as cards.
        histories: What was decided on each.
        sentences: The words around each, masked likewise.
        parts: The parts in which the text is shown.
        mask: What masks them.
    """

    heading: Heading
    report: Report
    claims: dict[str, Claim]
    shown: dict[str, Claim]
    cards: dict[str, Card]
    histories: dict[str, History]
    sentences: dict[str, str]
    parts: list[Span]
    mask: Mask

    def part_of(self, claim: str) -> int:
        """Return the number of the part in which a claim begins, from 1."""
        start = self.claims[claim].start
        return next((number for number, part in enumerate(self.parts, 1) if start < part.end), len(self.parts))


@pages.page("/report/{report}", "report.html")
def report_page(
    visit: Seen,
    report: Id,
    part: Annotated[int, Query(ge=1, le=10_000, description="Which part of a very long text.")] = 1,
) -> ReportPage:
    """Return a report: its text with every claim marked in place, and its claims."""
    found = read(visit, report)
    part = min(part, len(found.parts))
    here = [one for one in found.claims if found.part_of(one) == part]
    return ReportPage(
        about=about(found),
        paragraphs=marked(found.report.text, found.claims.values(), found.parts[part - 1]),
        claims=[found.cards[one] for one in here],
        standing=standing(found),
        part=part,
        parts=len(found.parts),
    )


@pages.page("/report/{report}/claim/{claim}", "claim.html")
def claim_page(visit: Seen, report: Id, claim: Id) -> ClaimPage:
    """Return one claim of a report by itself, with what was ruled on it."""
    found = read(visit, report)
    return claim_of(found, claim)


def claim_of(found: Read, claim: str) -> ClaimPage:
    """Return the page of one claim.

    Raises:
        Refusal: No such claim holds in the report.
    """
    if claim not in found.cards:
        what = "No claim of this id holds in the report; it may have been taken back, or succeeded by another."
        raise Refusal(404, what, "Look at the report and its claims as they stand now.")
    return ClaimPage(
        about=about(found),
        claim=found.cards[claim],
        sentence=found.sentences[claim],
        standing=standing(found),
        part=found.part_of(claim),
    )


def read(visit: Visit, report: str) -> Read:
    """Return a report as the person sees it.

    Raises:
        Refusal: There is no such report, or the person codes it blind.
    """
    there = visit.ledger.show(report)
    if there.thing != "report" or there.report is None or there.heading is None:
        raise Refusal(404, "There is no report of this id.", "Find reports in the inbox.")
    check_report(visit, there.heading.id)
    histories = visit.ledger.histories(there.id)
    ordered = sorted(there.claims, key=lambda kept: (kept.claim.start, kept.claim.end, kept.claim.id))
    names, person = visit.session.names, visit.person.name
    masking = mask(visit, there.heading, ordered)
    cards = [card(one, histories.get(one.claim.id), person=person, names=names, mask=masking) for one in ordered]
    return Read(
        heading=masking.masked(there.heading),
        report=there.report,
        claims={kept.claim.id: kept.claim for kept in ordered},
        shown={kept.claim.id: masking.masked(kept.claim) for kept in ordered},
        cards={one.id: one for one in cards},
        histories=histories,
        sentences={kept.claim.id: wording.shown(masking.words(kept.sentence)) for kept in ordered},
        parts=parts(there.report.text),
        mask=masking,
    )


def about(found: Read) -> About:
    """Return what is known of a report beside its text."""
    heading = found.heading
    return About(
        id=heading.id,
        title=_shown(heading.title),
        outlet=_shown(heading.outlet),
        published=_shown(heading.published),
        published_told=wording.published(heading.published),
        language=_shown(heading.language),
        origin=_shown(heading.origin),
        url=_shown(heading.url),
    )


def standing(found: Read) -> Standing:
    """Return how far people have come with a report."""
    cards = found.cards.values()
    own = [(ruled.at, ruled.id, ruled.what, one.told) for one in cards for ruled in one.history if ruled.yours]
    _, undo, what, told = max(own, default=("", None, "", ""))
    return Standing(
        claims=len(found.cards),
        waiting=_count(found, "waiting"),
        doubtful=sum(one.doubtful for one in cards),
        undo=undo,
        undo_told=f"you {what}: {told}" if undo else "",
    )


def _count(found: Read, state: State) -> int:
    return sum(one.state == state for one in found.cards.values())


def _shown(words: str | None) -> str | None:
    return shown(words) if words else None
