"""The pages of sources: who said what over time, what sort of source it is, and how often its figures changed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, get_args
from urllib.parse import quote, urlencode

from fastapi import Form, Path, Query
from pydantic import BaseModel, Field

from sayso import gathering
from sayso.desk import own_actors
from sayso.desk.asked import Words  # noqa: TC001 - FastAPI reads the annotations
from sayso.desk.blind import closed_incidents
from sayso.desk.incident_words import where_read
from sayso.desk.incidents import Missing, missing
from sayso.desk.masking import mask_incident, masks
from sayso.desk.refusals import Refusal
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - likewise
from sayso.events import Actor, ActorKind
from sayso.export import ladder, wording
from sayso.export.withheld import Mask
from sayso.gathering.asking import dossier
from sayso.gathering.speakers import example, source_of, source_of_body, source_of_words
from sayso.incident.actor_list import Listed
from sayso.incident.actor_phrases import slug
from sayso.incident.who import why_source
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.events import Dossier, Kept
    from sayso.incident.actors import Resolved
    from sayso.ledger import Ledger
    from sayso.ledger.shelf_sources import Heard

pages = Pages(("/sources", "Sources"))

Name = Annotated[str, Path(max_length=300, description="The id of a body, or the words for a source.")]

KINDS: tuple[str, ...] = get_args(ActorKind)

_MOST = 1000
_AT_ONCE = 50
_INCIDENTS = 15
_UNNAMED = "~"
"""What stands before a source's number where its words hold a name that is masked."""
_BEYOND = 2**63
_NUMBERED = re.compile(rf"{_UNNAMED}(-?[0-9]{{1,19}})")


class SourceRow(BaseModel):
    """A source in the list.

    Attributes:
        name: Its canonical name, else the words for it.
        href: Where it is told of.
        kind: What sort of source it is, in words; empty where that is not known.
        side: The side that it speaks for, or None.
        body: Whether it is one body; False for words such as "doctors", which several people may share.
        incidents: In how many incidents and totals over a period it speaks.
        claims: How many claims it makes.
        revised: For how many of them it gave another figure later.
        contradicted: How many of them a claim of somebody else contradicts.
        first: The first day of the incidents, ISO; empty where no day is known.
        last: The last.
        span: The days in words.
    """

    name: str
    href: str
    kind: str
    side: str | None
    body: bool
    incidents: int
    claims: int
    revised: int
    contradicted: int
    first: str
    last: str
    span: str


class Sources(BaseModel):
    """A page of the list.

    Attributes:
        behind: What the incidents do not take in yet; None where they take in everything.
        sought: The name that was looked for, or None.
        rows: Sources, those with the most claims first.
        total: How many sources the list has in all its pages, a thousand at most.
        more: The address of the next page, or None.
        back: The address of the page before, or None.
    """

    behind: Missing | None
    sought: str | None
    rows: list[SourceRow]
    total: int
    more: str | None
    back: str | None


class Said(BaseModel):
    """One claim of the source.

    Attributes:
        id: The claim's id.
        href: Where it is marked in its report.
        day: The day of its report, in words.
        figure: How many, in words.
        harm: What harm, in words.
        outlet: The report's outlet.
        rejected: Whether somebody ruled that the report does not say this.
        revised: Figures that the source gave later in its place.
        against: What others say that cannot hold beside it.
    """

    id: str
    href: str
    day: str
    figure: str
    harm: str
    outlet: str
    rejected: bool
    revised: list[str]
    against: list[str]


class SpokeOf(BaseModel):
    """What the source says of one incident: the incident's id, name and days, and the claims in the order of days."""

    id: str
    name: str
    when: str
    said: list[Said]


class About(BaseModel):
    """What is known of the source as a body, and how it can be changed.

    Attributes:
        id: Its id; empty where it is taken for no body.
        name: Its name.
        kind: What sort of source it is.
        side: The side that it speaks for; empty for none.
        country: ISO 3166-1 alpha-2; empty for none.
        aliases: Other names that it goes by.
        reason: Why the words are taken for it.
        file: The list of your own that changes are written to; empty where there is none.
        seen: What stands for the lists as they are.
        may_change: Whether the person who looks may change it.
    """

    id: str
    name: str
    kind: str
    side: str
    country: str
    aliases: list[str]
    reason: str
    file: str
    seen: str
    may_change: bool


class Draft(BaseModel):
    """What somebody had filled in when another person changed the list before them; None for what they had not."""

    kind: Annotated[str | None, Field(max_length=30)] = None
    side: Annotated[str | None, Field(max_length=200)] = None
    country: Annotated[str | None, Field(max_length=2)] = None


class SourcePage(BaseModel):
    """One source.

    Attributes:
        behind: What the incidents do not take in yet; None where they take in everything.
        row: What stands in the list of it.
        about: What is known of it as a body.
        draft: What the person had filled in before somebody else changed the list.
        kinds: The kinds that there are.
        incidents: What it says, incident by incident, the newest first.
        more: The address of the next page, or None.
    """

    behind: Missing | None
    row: SourceRow
    about: About
    draft: Draft
    kinds: list[str]
    incidents: list[SpokeOf]
    more: str | None


class Asked(Draft):
    """Where to go on.

    Attributes:
        day: The day of the last incident of the page before; empty where it has none.
        after: Its id.
    """

    day: Annotated[str, Field(max_length=10)] = ""
    after: Words = None


class Looked(BaseModel):
    """Which sources to list.

    Attributes:
        name: A body's name, another name of it, or the words for a source in reports; every source when left out.
        begin: How many of them come before the page.
    """

    name: Words = None
    begin: Annotated[int, Field(ge=0, le=_MOST)] = 0


@pages.page("/sources", "sources.html")
def sources(visit: Seen, looked: Annotated[Looked, Query()]) -> Sources:
    """Return sources: how much each says, and how often its figures were revised or contradicted."""
    behind = visit.desk.catching_up.look(visit.ledger)
    begin, end = looked.begin, looked.begin + _AT_ONCE
    closed = closed_incidents(visit)
    found = _found(visit, looked.name) if looked.name else None
    with visit.ledger.shelf() as shelf:
        if looked.name:
            here = [found[1]] if found else []
            total = len(here)
        else:
            total = shelf.number_of_sources(_MOST)
            here = shelf.sources(min(_AT_ONCE, _MOST - begin), begin, sorted(closed))
        examples = [example(shelf, one) for one in here]
    masking = masks(visit, (kept.report for kept in examples if kept))
    rows = [
        _row(one, kept, masking[kept.report.id] if kept else Mask(())) for one, kept in zip(here, examples, strict=True)
    ]
    return Sources(
        behind=missing(behind),
        sought=looked.name,
        rows=rows,
        total=total,
        more=f"/sources?begin={end}" if total > end else None,
        back=f"/sources?begin={max(begin - _AT_ONCE, 0)}" if begin else None,
    )


@pages.page("/source/{name:path}", "source.html")
def source(visit: Seen, name: Name, asked: Annotated[Asked, Query()]) -> SourcePage:
    """Return what a source said over time, and what is known of it."""
    behind = visit.desk.catching_up.look(visit.ledger)
    number, heard, met = _of_name(visit, name)
    closed = sorted(closed_incidents(visit))
    with visit.ledger.shelf() as shelf:
        kept = example(shelf, heard)
        after = (asked.day, asked.after) if asked.after else None
        there = shelf.incidents_of_source(number, _INCIDENTS + 1, after, closed)
    spoke = [_spoke(visit, dossier(visit.ledger, one.incident).dossier, number) for one in there[:_INCIDENTS]]
    masking = masks(visit, [kept.report])[kept.report.id] if kept else Mask(())
    row = _row(heard, kept, masking)
    last = there[_INCIDENTS - 1] if len(there) > _INCIDENTS else None
    more = None if last is None else f"{row.href}?{urlencode({'day': last.day, 'after': last.incident})}"
    return SourcePage(
        behind=missing(behind),
        row=row,
        about=_masked(_about(visit.ledger, kept, met, may=visit.person.may("editor")), masking),
        draft=Draft(**asked.model_dump(include=set(Draft.model_fields))),
        kinds=list(KINDS),
        incidents=spoke,
        more=more,
    )


class Change(BaseModel):
    """What is said of a body.

    Attributes:
        seen: What stood for the lists on the page where it was filled in.
        kind: What sort of source it is.
        side: The side that it speaks for; empty for none.
        country: ISO 3166-1 alpha-2; empty for none.
        why: The reason, which goes into the file as a remark.
    """

    seen: Annotated[str, Field(max_length=40)]
    kind: Annotated[str, Field(max_length=30)]
    side: Annotated[str, Field(max_length=200)] = ""
    country: Annotated[str, Field(max_length=2)] = ""
    why: Annotated[str, Field(max_length=500)] = ""


@pages.act("/source/{name:path}/change", least="editor")
def change(visit: Seen, name: Name, change: Annotated[Change, Form()]) -> str:
    """Say what sort of source a body is, and which side it speaks for: an entry in your own list of actors."""
    _, heard, met = _of_name(visit, name)
    with visit.ledger.shelf() as shelf:
        kept = example(shelf, heard)
    if not _may_be_body(kept):
        what = "These are words that several people may share, or a report in its own voice, and no body."
        raise UsageError(f"{what} Only of a body can be said what sort of source it is.")
    about = _about(visit.ledger, kept, met, may=True)
    entry = _entry(about, change)
    why = wording.shown(change.why)
    note = f"Said at the desk by {visit.person.name}, {datetime.now(UTC):%Y-%m-%d}{f': {why}' if why else ''}"
    address = f"/source/{quote(about.id or name, safe='')}"
    if not own_actors.write(entry, change.seen, wording.shown(note)):
        visit.say("Nothing was written: somebody changed the list in the meantime. What you had filled in is below.")
        return f"{address}?{urlencode({'kind': change.kind, 'side': change.side, 'country': change.country})}"
    visit.say(f"Written to {about.file}. Incidents are put together anew with it.")
    visit.desk.catching_up.look(visit.ledger)
    # Where that goes on beside the requests, the source is known by its words until it is done.
    return f"/source/{quote(entry.actor.id if _found(visit, entry.actor.id) else name, safe='')}"


def _entry(about: About, change: Change) -> Listed:
    """Return what is said of a body as an entry that takes the place of what the lists have of it."""
    kind = next((one for one in get_args(ActorKind) if one == change.kind), None)
    if kind is None:
        raise UsageError(f'"{change.kind}" is no kind of source; the kinds are {", ".join(KINDS)}.')
    there = own_actors.listed(about.id) if about.id else None
    short, speakers = (there.short, there.speakers) if there else ((), ())
    side, country = change.side.strip() or None, change.country.strip().upper() or None
    name = there.actor.name if there else about.name
    actor = Actor(about.id or slug(name), name, kind, side, tuple(about.aliases), country)
    return Listed(actor, short, speakers)


def _found(visit: Visit, name: str) -> tuple[int, Heard, Resolved] | None:
    """Return a source by a body's id, a name of it, or words: what stands for it, its sums, and who is meant."""
    met = gathering.actors().resolve(name)
    numbered = _NUMBERED.fullmatch(name)
    numbers = [int(numbered[1])] if numbered and abs(int(numbered[1])) < _BEYOND else []
    numbers += [source_of_body(name), *([source_of_body(met.actor.id)] if met.actor and met.actor.body else [])]
    closed = sorted(closed_incidents(visit))
    with visit.ledger.shelf() as shelf:
        for number in dict.fromkeys((*numbers, source_of_words(name))):
            heard = shelf.source(number, closed)
            if heard is not None:
                return number, heard, met
    return None


def _of_name(visit: Visit, name: str) -> tuple[int, Heard, Resolved]:
    found = _found(visit, name)
    if found is None:
        remedy = "Give the name as an incident's page has it; the list of sources has those with the most claims."
        raise Refusal(404, "No source of a claim is called so.", remedy)
    return found


def _row(heard: Heard, kept: Kept | None, masking: Mask) -> SourceRow:
    actor = kept.source if kept else None
    name = ladder.speaker(kept) if kept else "A source that was taken out"
    body = actor is not None and actor.body
    told = name if body else masking.words(name)  # somebody who came to harm, and says so
    called = actor.id if actor is not None and body else name if told == name else f"{_UNNAMED}{heard.source}"
    return SourceRow(
        name=told,
        href=f"/source/{quote(called, safe='')}",
        kind=actor.kind.replace("_", " ") if actor else "",
        side=actor.side if actor else None,
        body=body,
        incidents=heard.incidents,
        claims=heard.claims,
        revised=heard.revised,
        contradicted=heard.contradicted,
        first=heard.first,
        last=heard.last,
        span=_span(heard),
    )


def _span(heard: Heard) -> str:
    first, last = heard.first[:7], heard.last[:7]
    return "" if not first else first if first == last else f"{first} to {last}"


def _about(ledger: Ledger, kept: Kept | None, met: Resolved, *, may: bool) -> About:
    actor = kept.source if kept else None
    own = own_actors.own_list()
    named = ladder.speaker(kept) if kept else ""
    reason = met.reason
    if kept is not None:
        with ledger.shelf() as shelf:
            read = shelf.read([kept.report.id])
        reason = why_source(kept, read[kept.report.id].claims if read else (kept,), gathering.actors())
    return About(
        id=actor.id if actor and actor.body else "",
        name=actor.name if actor and actor.body else named,
        kind=actor.kind if actor else "",
        side=(actor.side or "") if actor else "",
        country=(actor.country or "") if actor else "",
        aliases=list(actor.aliases) if actor else [],
        reason=wording.shown(reason),
        file=str(own.file) if own else "",
        seen=own.stamp if own else "",
        # Words that several people may share are no body, and no list can say what all of them are; nor can it of
        # reports in their own voice, for which there are no words.
        may_change=may and own is not None and _may_be_body(kept),
    )


def _may_be_body(kept: Kept | None) -> bool:
    return kept is not None and kept.claim.source is not None and (kept.source is None or kept.source.body)


def _masked(about: About, masking: Mask) -> About:
    """Return what is known of a source without the name of somebody who came to harm, and says so."""
    if about.id:
        return about
    return about.model_copy(update={"name": masking.words(about.name), "reason": masking.words(about.reason)})


def _spoke(visit: Visit, whole: Dossier, number: int) -> SpokeOf:
    # Who speaks is found before names are masked.
    speaks = {kept.claim.id: source_of(kept) for kept in whole.claims}
    found = mask_incident(visit, whole).masked(whole)
    one = found.incident
    assert one is not None  # noqa: S101 - the dossier of an incident has it
    own = [kept for kept in found.claims if speaks[kept.claim.id] == number]
    return SpokeOf(
        id=one.id,
        name=wording.shown(one.name) or f"Incident {one.id}",
        when=wording.when(one.date_from, one.date_to),
        said=[
            _said(kept, found, number, speaks)
            for kept in sorted(own, key=lambda kept: ((kept.report.published or "")[:10], kept.claim.id))
        ],
    )


def _said(kept: Kept, found: Dossier, number: int, speaks: Mapping[str, int]) -> Said:
    claim, by_id = kept.claim, {one.claim.id: one for one in found.claims}
    relations = found.incident.relations if found.incident else ()
    later = [by_id.get(one.claim) for one in relations if one.kind == "supersedes" and one.other == claim.id]
    disputes = [one for one in relations if one.kind == "contradicts" and claim.id in {one.claim, one.other}]
    others = [by_id.get(one.claim if one.other == claim.id else one.other) for one in disputes]
    return Said(
        id=claim.id,
        href=where_read(kept),
        day=wording.published(kept.report.published),
        figure=wording.stated(claim) if claim.kind != "individual" else "one person",
        harm=wording.harm(claim.harm),
        outlet=wording.shown(kept.report.outlet or kept.report.title or "A report without a name"),
        rejected=kept.ruling is not None and kept.ruling.verdict == "rejected",
        revised=_told(one for one in later if one is not None),
        against=_told(one for one in others if one is not None and speaks[one.claim.id] != number),
    )


def _told(claims: Iterable[Kept]) -> list[str]:
    """Return claims in words, each once."""
    told = (
        f"{ladder.speaker(one)}: {wording.stated(one.claim)}, {wording.published(one.report.published)}"
        for one in claims
    )
    return list(dict.fromkeys(told))
