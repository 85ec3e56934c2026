"""The pages of double coding: work given out, and one coder's report; judging between coders stands in `judging.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Form, Path
from pydantic import BaseModel

from sayso import ruling
from sayso.desk.cards import Card, card
from sayso.desk.coded import as_set, opened
from sayso.desk.codings import MOST_CODERS, MOST_REPORTS, Code, Coding, Codings
from sayso.desk.filling import Emptied, Filled, blank, fields_of, form
from sayso.desk.filling import Form as ClaimForm
from sayso.desk.marking import Paragraph, marked, shown
from sayso.desk.masking import mask
from sayso.desk.refusals import Refusal
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - FastAPI reads the annotations
from sayso.events import Kept, Ruling
from sayso.problems import UsageError
from sayso.records import Claim, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.events import Heading, Verdict
    from sayso.export.withheld import Mask
    from sayso.records import Report

pages = Pages(("/coding", "Double coding"))

Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The number of the work.")]
Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{4,100}$", description="The id of a report, whole.")]
ClaimName = Annotated[str, Form(pattern=r"^[A-Za-z0-9._+-]{1,100}$")]
Words = Annotated[str, Form(max_length=2000)]

_VERDICTS: dict[str, Verdict] = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}
_FOUND_AT_ONCE = 200
"""Reports that a search gives out at once."""


class Work(BaseModel):
    """One piece of work.

    Attributes:
        number: Its number.
        name: What it is called.
        by: Who gave it out.
        made: When, ISO 8601 in UTC.
        blank: Whether coders begin with the bare text.
        coders: Who codes, each with the number of reports with which they are done.
        reports: How many reports it has.
        judged: About how many somebody has judged.
        yours: Whether the person who looks is one of the coders.
    """

    number: int
    name: str
    by: str
    made: str
    blank: bool
    coders: dict[str, int]
    reports: int
    judged: int
    yours: bool


class WorkList(BaseModel):
    """The work that a person can see: an editor all of it, a coder their own.

    Attributes:
        work: They, the newest first.
        may_give_out: Whether the person may give out more.
        people: Whom it can be given to.
        most_reports: How many reports one piece of work has at most.
        most_coders: How many coders.
    """

    work: list[Work]
    may_give_out: bool
    people: list[str]
    most_reports: int
    most_coders: int


class ReportRow(BaseModel):
    """One report of a piece of work.

    Attributes:
        id: The report's id.
        title: Its headline, or its outlet where it has none.
        done: Which coders are done with it; for a coder only whether they are themselves.
        judged: Whether somebody has judged about it.
        ready: Whether all coders are done, so that it can be judged about.
    """

    id: str
    title: str
    done: list[str]
    judged: bool
    ready: bool


class WorkPage(BaseModel):
    """One piece of work with its reports.

    Attributes:
        work: The work.
        reports: Its reports in their order.
        may_judge: Whether the person may judge between coders.
    """

    work: Work
    reports: list[ReportRow]
    may_judge: bool


class Sheet(BaseModel):
    """One claim as a coder has it.

    Attributes:
        card: The claim.
        form: The form by which it is corrected.
    """

    card: Card
    form: ClaimForm


class CodingPage(BaseModel):
    """One report as one coder codes it.

    Attributes:
        work: The work.
        report: The report's id.
        title: Its headline, or its outlet where it has none.
        about: Who published it and when.
        language: ISO 639-1 code of its text, or None.
        paragraphs: The text, with the claims that the coder has marked in place.
        claims: The claims that the program read and those that the coder added, as the coder has them.
        waiting: On how many the coder has not ruled.
        done: Whether the coder is done with it.
        adding: The form by which a claim is added that was missed.
        next: The id of the next report that waits for the coder; None for none.
    """

    work: Work
    report: str
    title: str
    about: str
    language: str | None
    paragraphs: list[Paragraph]
    claims: list[Sheet]
    waiting: int
    done: bool
    adding: ClaimForm
    next: str | None


@pages.page("/coding", "coding_list.html", least="coder")
def coding_list(visit: Seen) -> WorkList:
    """Return the work that was given out."""
    codings = kept(visit)
    person = visit.person
    seen = [one for one in codings.all() if person.may("editor") or person.name in one.coders]
    accounts = visit.desk.accounts
    people = [one.name for one in accounts.all() if one.person.may("coder")] if accounts is not None else []
    return WorkList(
        work=[work_of(one, person.name) for one in seen],
        may_give_out=person.may("editor"),
        people=people,
        most_reports=MOST_REPORTS,
        most_coders=MOST_CODERS,
    )


@pages.act("/coding", least="editor")
def give_out(
    visit: Seen,
    name: Annotated[str, Form(min_length=1, max_length=200)],
    coders: Annotated[list[str], Form()],
    words: Words = "",
    reports: Annotated[str, Form(max_length=100_000)] = "",
    blank: Annotated[bool, Form()] = False,  # noqa: FBT002 - a field of a form
) -> str:
    """Give reports out to several coders: those that hold some words, and those whose ids are given."""
    known = {one.name for one in visit.desk.accounts.all() if one.person.may("coder")} if visit.desk.accounts else set()
    strangers = [one for one in coders if one not in known]
    if strangers:
        raise UsageError(f'"{strangers[0][:80]}" has no account here with which they could code.')
    wanted = [visit.ledger.show(one).heading for one in reports.split()]
    found = [one.id for one in wanted if one is not None]
    if len(found) < len(wanted):
        raise UsageError("One of the ids is none of a report; give those that stand in the addresses of reports.")
    if words.strip():
        found += [hit.heading.id for hit in visit.ledger.search(words, limit=_FOUND_AT_ONCE)]
    number = kept(visit).give_out(name.strip(), found, coders, visit.person.name, blank=blank)
    return f"/coding/{number}"


@pages.page("/coding/{number}", "coding.html", least="coder")
def coding_page(visit: Seen, number: Number) -> WorkPage:
    """Return one piece of work with its reports."""
    coding = work(visit, number)
    judges = visit.person.may("editor")
    rows = []
    for report in coding.reports:
        done = [name for name in coding.coders if report in coding.done[name]]
        rows.append(
            ReportRow(
                id=report,
                title=_title(visit, coding, report),
                done=done if judges else [name for name in done if name == visit.person.name],
                judged=report in coding.judged,
                ready=judges and coding.all_done(report),
            )
        )
    return WorkPage(
        work=work_of(coding, visit.person.name),
        reports=rows,
        may_judge=judges,
    )


@pages.page("/coding/{number}/report/{report}", "coding_report.html", least="coder")
def coding_report(visit: Seen, number: Number, report: Id) -> CodingPage:
    """Return a report as the person codes it, blind to what others make of it."""
    coding = _own(visit, number)
    text, heading, read = opened(visit.ledger, coding, report)
    codes = {one.claim: one for one in kept(visit).codes(number, report, visit.person.name)}
    masking = _mask(visit, heading, read, codes)
    claims = _cards(visit, heading, read, codes, masking)
    left = [one for one in coding.reports if one not in coding.done[visit.person.name] and one != report]
    return CodingPage(
        work=work_of(coding, visit.person.name),
        report=report,
        title=titled(masking.masked(heading)),
        about=", ".join(one for one in (heading.outlet, heading.published) if one),
        language=heading.language,
        paragraphs=marked(text.text, [claim for claim, _ in claims], Span(0, len(text.text))),
        claims=[Sheet(card=one, form=form(fields_of(masking.masked(claim)))) for claim, one in claims],
        waiting=sum(one.state == "waiting" for _, one in claims),
        done=report in coding.done[visit.person.name],
        adding=form(blank()),
        next=left[0] if left else None,
    )


@pages.act("/coding/{number}/report/{report}/rule", least="coder")
def rule(
    visit: Seen,
    number: Number,
    report: Id,
    claim: ClaimName,
    verdict: Annotated[str, Form(pattern="^(accept|reject|back)$")],
) -> str:
    """Say that the report says this, that it does not, or take back what one said of it."""
    coding = _own(visit, number)
    _, _, read = opened(visit.ledger, coding, report)
    if verdict == "back":
        kept(visit).take_back(number, report, visit.person.name, claim)
    elif claim not in read:
        raise UsageError("There is no such claim in this report.")
    elif verdict == "accept":
        kept(visit).code(number, report, visit.person.name, Code(claim, "accept", {}))
    else:
        kept(visit).code(number, report, visit.person.name, Code(claim, "reject", {}))
    return f"/coding/{number}/report/{report}#claim-{claim}"


@pages.act("/coding/{number}/report/{report}/correct", least="coder")
def correct(
    visit: Seen,
    number: Number,
    report: Id,
    claim: ClaimName,
    filled: Annotated[Filled, Form()],
    emptied: Emptied,
) -> str:
    """Say what the report says in place of what was read."""
    coding = _own(visit, number)
    text, heading, read = opened(visit.ledger, coding, report)
    if claim not in read:
        raise UsageError("There is no such claim in this report.")
    codes = {one.claim: one for one in kept(visit).codes(number, report, visit.person.name)}
    own = codes.get(claim)
    before = own.set if own is not None and own.verdict == "correct" else {}
    standing = as_set(Code(claim, "correct", before), read)
    assert standing is not None  # noqa: S101 - it is one of those that were read
    shown_as = _mask(visit, heading, read, codes).masked(standing)
    stated = filled.stated(filled.changed(fields_of(shown_as), emptied), text.text)
    if not stated:
        raise UsageError("Nothing was changed. Where the report does say what stands here, say so.")
    sets = before | ruling.corrections(stated, standing, text, at=filled.at(text.text))
    _check(Code(claim, "correct", sets), read, text)
    kept(visit).code(number, report, visit.person.name, Code(claim, "correct", sets))
    return f"/coding/{number}/report/{report}#claim-{claim}"


@pages.act("/coding/{number}/report/{report}/add", least="coder")
def add(visit: Seen, number: Number, report: Id, filled: Annotated[Filled, Form()], emptied: Emptied) -> str:
    """Add a claim that the program missed."""
    coding = _own(visit, number)
    text, _, read = opened(visit.ledger, coding, report)
    words, harm, stated = filled.added(filled.changed({}, emptied), text.text)
    sets = ruling.addition(words, harm, stated, text, at=filled.at(text.text))
    names = {one.claim for one in kept(visit).codes(number, report, visit.person.name)}
    name = next(name for place in range(1, len(names) + 2) if (name := f"+{place}") not in names)
    _check(Code(name, "add", sets), read, text)
    kept(visit).code(number, report, visit.person.name, Code(name, "add", sets))
    return f"/coding/{number}/report/{report}#claim-{name}"


@pages.act("/coding/{number}/report/{report}/done", least="coder")
def finish(visit: Seen, number: Number, report: Id) -> str:
    """Say that one is done with a report; all claims in it must be ruled on."""
    page = coding_report(visit, number, report)
    if page.waiting:
        raise UsageError(f"{page.waiting} of the claims wait for you still; accept, correct or reject each.")
    kept(visit).finish(number, report, visit.person.name)
    if page.next is not None:
        return f"/coding/{number}/report/{page.next}"
    visit.say("You are done with all reports of this work.")
    return f"/coding/{number}"


def kept(visit: Visit) -> Codings:
    """Return the work of the desk.

    Raises:
        Refusal: The desk has no accounts to which it could be given.
    """
    if visit.desk.codings is None:
        what = "Double coding takes several people, and this desk is open to whoever started it."
        raise Refusal(404, what, 'Make accounts with "sayso accounts add" and start "sayso desk --team".')
    return visit.desk.codings


def work(visit: Visit, number: int) -> Coding:
    """Return a piece of work that the person may see.

    Raises:
        Refusal: There is none, or it is that of others.
    """
    found = kept(visit).find(number)
    if found is None or not (visit.person.may("editor") or visit.person.name in found.coders):
        raise Refusal(404, "There is no work of this number for you.", "Choose one from the list.")
    return found


def work_of(coding: Coding, person: str) -> Work:
    """Return a piece of work as one person sees it."""
    return Work(
        number=coding.number,
        name=shown(coding.name),
        by=coding.by,
        made=coding.made,
        blank=coding.blank,
        coders={name: len(coding.done[name]) for name in coding.coders},
        reports=len(coding.reports),
        judged=len(coding.judged),
        yours=person in coding.coders,
    )


def _own(visit: Visit, number: int) -> Coding:
    found = work(visit, number)
    if visit.person.name not in found.coders:
        raise Refusal(
            403, "This work was given to others.", "What they made of it is set side by side once they are done."
        )
    return found


def _mask(visit: Visit, heading: Heading, read: Mapping[str, Claim], codes: Mapping[str, Code]) -> Mask:
    """Return what masks names of people harmed for a coder, by what was read and by what they made of it themselves."""
    own = (as_set(code, read) for code in codes.values())
    return mask(visit, heading, (*read.values(), *(claim for claim in own if claim is not None)))


def _cards(
    visit: Visit, heading: Heading, read: Mapping[str, Claim], codes: Mapping[str, Code], masking: Mask
) -> list[tuple[Claim, Card]]:
    found: list[tuple[Claim, Card]] = []
    for name in (*read, *(one for one in codes if one not in read)):
        code = codes.get(name)
        claim = read[name] if code is None or code.verdict == "reject" else as_set(code, read)
        if claim is not None:
            ruled = None if code is None else Ruling(_VERDICTS[code.verdict], visit.person.name, "")
            one = Kept(claim, heading, ruled)
            names = visit.session.names
            found.append((claim, card(one, None, person=visit.person.name, names=names, mask=masking)))
    return sorted(found, key=lambda pair: (pair[0].start, pair[0].end, pair[0].id))


def _check(code: Code, read: Mapping[str, Claim], report: Report) -> None:
    claim = as_set(code, read)
    reason = None if claim is None else ruling.fault(claim, report)
    if reason is not None:
        raise UsageError(f"The report does not bear this out: {reason}.")


def _title(visit: Visit, coding: Coding, report: str) -> str:
    try:
        _, heading, read = opened(visit.ledger, coding, report)
    except Refusal:
        return "taken out of the ledger"
    return titled(mask(visit, heading, read.values()).masked(heading))


def titled(heading: Heading) -> str:
    """Return what a report is called in lists."""
    return shown(heading.title or heading.outlet or "A report without a headline")
