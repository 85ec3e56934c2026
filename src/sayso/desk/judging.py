"""The pages on which somebody judges between coders: how far they agree, and what they made of one report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from fastapi import Form
from pydantic import BaseModel

from sayso import ruling
from sayso.desk.cards import LABELS, OF_PEOPLE, Card, card
from sayso.desk.coded import as_coded, opened
from sayso.desk.coding import Id, Number, Work, kept, titled, work, work_of
from sayso.desk.marking import Paragraph, marked
from sayso.desk.masking import mask
from sayso.desk.refusals import Refusal
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - FastAPI reads the annotations
from sayso.entries import Decision
from sayso.events import Kept
from sayso.ledger import LedgerError
from sayso.plain import to_plain
from sayso.problems import UsageError
from sayso.reconcile.double_coding import CLAIM, Coded, compare_coders, units_of
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sayso.desk.codings import Code, Coding
    from sayso.events import Heading
    from sayso.reconcile.double_coding import Unit
    from sayso.records import Claim, Report

pages = Pages()

_LONGEST_WHY = 9_000
"""Signs of a reason; what eight coders corrected may be long."""

NOBODY = "-"
"""What is chosen where the report says none of it."""


class SlotRow(BaseModel):
    """How far coders agree on one slot.

    Attributes:
        slot: The slot.
        claims: How many claims were compared.
        equal: In how many all have the same.
        alpha: Krippendorff's alpha; None where it has no meaning.
    """

    slot: str
    claims: int
    equal: int
    alpha: float | None


class Agreement(BaseModel):
    """How far coders agree over the reports with which all are done.

    Attributes:
        work: The work.
        reports: How many these are.
        claims: By coder how many claims they have in them.
        shared: How many all have.
        f1: Agreement on which claims there are; None where nobody has one.
        words: Krippendorff's alpha of the words that say how many; None where it has no meaning.
        slots: For each slot.
        differences: On how many things they differ.
    """

    work: Work
    reports: int
    claims: dict[str, int]
    shared: int
    f1: float | None
    words: float | None
    slots: list[SlotRow]
    differences: int


class Version(BaseModel):
    """A claim as one coder has it.

    Attributes:
        coder: Who.
        claim: The claim; None where they hold that the report does not say it.
    """

    coder: str
    claim: Card | None


class Side(BaseModel):
    """One claim as all coders have it.

    Attributes:
        unit: Its number on the page, from 0.
        versions: What each coder has.
        differs: The slots in which they differ, in words; empty where they agree.
    """

    unit: int
    versions: list[Version]
    differs: list[str]


class JudgingPage(BaseModel):
    """One report as its coders have it, side by side.

    Attributes:
        work: The work.
        report: The report's id.
        title: Its headline, or its outlet where it has none.
        language: ISO 639-1 code of its text, or None.
        paragraphs: The text, with every claim that a coder has marked in place.
        sides: The claims, in the order of the text.
        rejected: How many claims all of them rejected.
        judged: Whether somebody has judged about it already.
        nobody: What is chosen where the report says none of it.
    """

    work: Work
    report: str
    title: str
    language: str | None
    paragraphs: list[Paragraph]
    sides: list[Side]
    rejected: int
    judged: bool
    nobody: str


@pages.page("/coding/{number}/agreement", "coding_agreement.html", least="editor")
def agreement_page(visit: Seen, number: Number) -> Agreement:
    """Return how far coders agree over the reports with which all are done."""
    coding = work(visit, number)
    lengths: dict[str, int] = {}
    coded: dict[str, dict[str, Coded]] = {name: {} for name in coding.coders}
    for report in coding.reports:
        if not coding.all_done(report):
            continue
        text, _, read = opened(visit.ledger, coding, report)
        lengths[report] = len(text.text)
        for name in coding.coders:
            coded[name][report] = as_coded(kept(visit).codes(number, report, name), read, name)
    found = compare_coders(coded, lengths)
    return Agreement(
        work=work_of(coding, visit.person.name),
        reports=len(found.reports),
        claims=dict(found.claims),
        shared=found.shared,
        f1=found.f1,
        words=found.spans.by_label.get("words"),
        slots=[SlotRow(slot=one.slot, claims=one.units, equal=one.equal, alpha=one.alpha) for one in found.slots],
        differences=len(found.differences),
    )


@pages.page("/coding/{number}/judge/{report}", "coding_judge.html", least="editor")
def judging_page(visit: Seen, number: Number, report: Id) -> JudgingPage:
    """Return what the coders of a report made of it, side by side."""
    coding = work(visit, number)
    text, heading, coded, codes = _read(visit, coding, report)
    units = units_of(report, coded)
    claims = [claim for unit in units for claim in unit.claims.values()]
    masking, person, names = mask(visit, heading, claims), visit.person.name, visit.session.names

    def told(claim: Claim) -> Card:
        return card(Kept(claim, heading), None, person=person, names=names, mask=masking)

    return JudgingPage(
        work=work_of(coding, visit.person.name),
        report=report,
        title=titled(masking.masked(heading)),
        language=heading.language,
        paragraphs=marked(text.text, claims, Span(0, len(text.text))),
        sides=[_side(place, unit, coding, told) for place, unit in enumerate(units)],
        rejected=len(_refused_by_all(codes)),
        judged=report in coding.judged,
        nobody=NOBODY,
    )


@pages.act("/coding/{number}/judge/{report}", least="editor")
def judge(
    visit: Seen,
    number: Number,
    report: Id,
    choice: Annotated[list[str], Form(max_length=10_000)] = [],  # noqa: B006 - FastAPI copies it
    why: Annotated[str, Form(max_length=1000)] = "",
) -> str:
    """Judge between the coders of a report, and write it into the ledger with what each of them had.

    Each choice is the number of a claim on the page, a colon, and the coder whose version the report says, or a hyphen
    where it says none of them. What all coders agree on needs no choice.
    """
    coding = work(visit, number)
    if report in coding.judged:
        raise Refusal(409, "Somebody has judged about this report already.", "Look at it in the ledger.")
    _, _, coded, codes = _read(visit, coding, report)
    there = [kept.claim for kept in visit.ledger.show(report).claims]
    chosen = dict(one.partition(":")[::2] for one in choice)
    decisions: list[Decision] = []
    for place, unit in enumerate(units_of(report, coded)):
        coder = chosen.get(str(place)) or (None if _differs(unit, coding) else coding.coders[0])
        if coder is None:
            raise UsageError("Choose for every claim on which the coders differ; nothing was written.")
        if coder != NOBODY and coder not in coding.coders:
            raise UsageError(f'"{coder[:80]}" is none of the coders.')
        reason = _reason(coding, codes, unit, why)
        decisions += _decisions(Decision("add", (report,), visit.person.name, reason), unit, coder, codes, there)
    for claim in _refused_by_all(codes):
        reason = _told(coding, [f"{name} rejected it" for name in coding.coders], why)
        decisions.append(Decision("reject", (claim,), visit.person.name, reason))
    refused = 0
    for decision in decisions:
        try:
            visit.ledger.decide(decision, check=ruling.fault)
        except (LedgerError, UsageError) as error:
            refused += 1
            told = f"{error.problem.what} {error.problem.remedy}" if isinstance(error, LedgerError) else str(error)
            visit.say(f"Not written: {told}")
    kept(visit).judge(number, report, visit.person.name)
    visit.say(f"{len(decisions) - refused} rulings are written into the ledger.")
    return f"/report/{report}"


def _read(
    visit: Visit, coding: Coding, report: str
) -> tuple[Report, Heading, dict[str, Coded], dict[str, dict[str, Code]]]:
    """Return a report with what its coders made of it, as claims and as they ruled.

    Raises:
        Refusal: Somebody is not done with it, and would not be blind any more.
    """
    text, heading, read = opened(visit.ledger, coding, report)
    if not coding.all_done(report):
        raise Refusal(409, "Not all coders are done with this report.", "Wait until they are; they work blind.")
    codes = {name: kept(visit).codes(coding.number, report, name) for name in coding.coders}
    coded = {name: as_coded(ones, read, name) for name, ones in codes.items()}
    return text, heading, coded, {name: {one.claim: one for one in ones} for name, ones in codes.items()}


def _side(place: int, unit: Unit, coding: Coding, told: Callable[[Claim], Card]) -> Side:
    own = ((name, unit.claims.get(name)) for name in coding.coders)
    versions = [Version(coder=name, claim=None if claim is None else told(claim)) for name, claim in own]
    return Side(unit=place, versions=versions, differs=_differs(unit, coding))


def _differs(unit: Unit, coding: Coding) -> list[str]:
    """Return in what coders differ about one claim, in words."""
    if len(unit.claims) < len(coding.coders):
        return ["whether the report says it"]
    coded = {name: {unit.report: Coded([claim])} for name, claim in unit.claims.items()}
    return [LABELS.get(one.slot, one.slot) for one in compare_coders(coded).differences if one.slot != CLAIM]


def _decisions(
    blank: Decision, unit: Unit, coder: str, codes: Mapping[str, Mapping[str, Code]], there: Sequence[Claim]
) -> list[Decision]:
    """Return what the choice of one coder's version comes to in the ledger.

    Args:
        blank: A decision about the report, with who judged and why.
        unit: The claim as the coders have it.
        coder: Whose version was chosen, or `NOBODY`.
        codes: What each coder ruled.
        there: The claims that stand in the ledger: one that coders began without may have been read by the program.
    """
    read = next((claim.id for claim in there if claim.id in {one.id for one in unit.claims.values()}), None)
    if coder == NOBODY or coder not in unit.claims:
        return [] if read is None else [replace(blank, kind="reject", on=(read,))]
    claim = unit.claims[coder]
    code = codes[coder].get(claim.id) or codes[coder][claim.id.removeprefix(coder)]
    if code.verdict != "add":
        return [replace(blank, kind=code.verdict, on=(claim.id,), set=code.set)]
    same = next((one for one in there if one.harm == claim.harm and one.span.overlaps(claim.span)), None)
    if same is None:
        return [replace(blank, set=code.set)]
    stands = to_plain(same)
    sets = {name: value for name, value in code.set.items() if name not in {"id", "kind"} and stands.get(name) != value}
    return [replace(blank, kind="correct" if sets else "accept", on=(same.id,), set=sets)]


def _reason(coding: Coding, codes: Mapping[str, Mapping[str, Code]], unit: Unit, why: str) -> str:
    """Return what each coder made of a claim, in words: it stays in the ledger with the ruling."""
    said = []
    for name in coding.coders:
        claim = unit.claims.get(name)
        code = None if claim is None else codes[name].get(claim.id) or codes[name].get(claim.id.removeprefix(name))
        if code is None:
            said.append(f"{name} did not have it")
        else:
            # The reason is in the ledger for good, so it holds no words for people harmed, which may be names.
            set_to = ((key, "otherwise" if key in OF_PEOPLE else value) for key, value in code.set.items())
            sets = ", ".join(f"{key} {value}" for key, value in set_to if key in LABELS and key != "text")
            verdict = {"accept": "accepted it", "correct": f"corrected it to {sets}", "add": "added it"}[code.verdict]
            said.append(f"{name} {verdict}")
    return _told(coding, said, why)


def _refused_by_all(codes: Mapping[str, Mapping[str, Code]]) -> list[str]:
    """Return the claims that every coder rejected."""
    rejected = [{one.claim for one in ones.values() if one.verdict == "reject"} for ones in codes.values()]
    return sorted(set.intersection(*rejected))


def _told(coding: Coding, said: list[str], why: str) -> str:
    told = f"Double coding {coding.name}: {'; '.join(said)}. {why.strip()}"
    return told.strip()[:_LONGEST_WHY]
