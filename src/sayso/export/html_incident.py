"""One incident as a section of a page: what is known of it, the ladders, the tolls, and the words of every claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.export import ladder, ladder_svg, map_svg, wording
from sayso.export.countries import country
from sayso.export.markup import anchor, esc, web_address
from sayso.export.spots import killed_words, spots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.events import Dossier, Incident, Kept, RelationKind, Toll, Verdict

RELATIONS: dict[RelationKind, str] = {
    "repeats": "repeats",
    "supersedes": "supersedes",
    "contradicts": "contradicts",
    "part_of": "is part of",
    "includes": "includes",
}
RULED: dict[Verdict, str] = {
    "accepted": "checked: the report says this",
    "corrected": "corrected",
    "rejected": "rejected: the report does not say this",
    "added": "added by hand",
}
_PROPOSED = " (proposed)"
_HOW_TO_READ = """\
<p class="about">A filled dot is a figure, an empty one a rough or vague figure or a part of another. A line between two
strokes is a range, a dotted line vague words; an arrow leaves a bound open; a cross is a denial, a question mark a
doubt. The days are those of the reports.</p>
"""
PRECISION = {1: "the place itself", 2: "near it", 3: "a district", 4: "a region", 5: "a wider area", 6: "a country"}


@dataclass(frozen=True, slots=True)
class Section:
    """A section, and what the list before it says of it."""

    body: str
    name: str
    when: str
    killed: str


def section(
    incident: Incident, dossier: Dossier, number: int, texts: Sequence[tuple[str, str]] = (), *, alone: bool = False
) -> Section:
    """Return an incident as a section of a page.

    Args:
        incident: The incident.
        dossier: The same with its claims and tolls.
        number: Its number on the page.
        texts: Whole texts to add, each with its report's id.
        alone: Whether its name stands above it already, as the heading of the page.
    """
    when = wording.when(incident.date_from, incident.date_to)
    name = wording.shown(incident.name) or f"Incident {incident.id}"
    body = "".join(
        (
            f'<section class="{"alone" if alone else "one"}" id="{anchor("incident", incident.id)}">',
            "" if alone else f"<h2>{esc(name)}</h2>\n",
            *_facts(incident, dossier, when),
            *_ladders(dossier),
            *_tolls(dossier),
            *_map(dossier, number),
            *_words(dossier),
            *_reasons(incident),
            *_texts(texts),
            "</section>\n",
        )
    )
    if alone:
        # No heading but our own is in it, since all that a report says is escaped.
        body = re.sub(r"(</?h)([34])>", lambda found: f"{found[1]}{int(found[2]) - 1}>", body)
    return Section(body, name, "" if when == wording.NOT_SAID else when, killed_words(dossier))


def _facts(incident: Incident, dossier: Dossier, when: str) -> Iterator[str]:
    places = (incident.place, incident.region, country(incident.country).name)
    where = ", ".join(dict.fromkeys(part for part in places if part))
    precision = PRECISION.get(incident.place_prec or 0)
    reports = {kept.report.id for kept in dossier.claims}
    voices = len({kept.report.voice or kept.report.id for kept in dossier.claims})
    doers = "; ".join(f"{name} ({_count(len(claims), 'claim')})" for name, claims in incident.perpetrators)
    rows = {
        "When": when,
        "Where": f"{where or wording.NOT_SAID}{f' ({precision})' if where and precision else ''}",
        "Kind of event": incident.type or wording.NOT_SAID,
        "By what": incident.means or wording.NOT_SAID,
        "Said to have done it": doers or wording.NOT_SAID,
        "Rests on": f"{_count(len(dossier.claims), 'claim')} in {_count(len(reports), 'report')},"
        f" {_count(voices, 'independent text')}",
        "Sources agree": "no, claims contradict one another" if incident.contested else "no contradiction was found",
        "Incident": incident.id,
    }
    if incident.scope == "period":
        rows["Counts"] = "a total over a period, not a single event"
    yield '<dl class="facts">'
    for label, words in rows.items():
        yield f"<dt>{label}</dt><dd>{esc(words)}</dd>"
    yield "</dl>\n"


def _ladders(dossier: Dossier) -> Iterator[str]:
    wide, narrow = ladder_svg.write(dossier, 720, styled=False), ladder_svg.write(dossier, 340, styled=False)
    drawn = ladder.ladders(dossier)
    for one, broad, slim in zip(drawn, wide, narrow, strict=True):
        yield f"<h3>Who says how many were {esc(wording.harm(one.harm))}</h3>\n"
        yield f'<figure><div class="wide">{broad}</div><div class="narrow">{slim}</div></figure>\n'
    if drawn:
        yield _HOW_TO_READ


def _tolls(dossier: Dossier) -> Iterator[str]:
    if not dossier.tolls:
        return
    yield '<div class="tolls"><h3>By counting rule</h3><div class="scroll"><table><thead><tr><th scope="col">Rule</th>'
    yield '<th scope="col">Harm</th><th scope="col" class="number">Lowest</th><th scope="col" class="number">Best</th>'
    yield '<th scope="col" class="number">Highest</th></tr></thead><tbody>'
    for toll in dossier.tolls:
        numbers = "".join(f'<td class="number">{_bound(toll, bound)}</td>' for bound in ("low", "best", "high"))
        yield f"<tr><td>{esc(toll.policy)} {esc(toll.version)}</td><td>{esc(_counted(toll))}</td>{numbers}</tr>"
    yield "</tbody></table></div>\n"
    for toll in dossier.tolls:
        decided = ", ".join(map(_claim_link, toll.decided))
        aside = "; ".join(f"{_claim_link(one.claim)} was set aside: {esc(one.reason)}" for one in toll.aside)
        parts = (
            esc(f"{toll.label}." if toll.label else ""),
            esc(" ".join((toll.reason, *toll.left_open))),
            f"Decided by {decided}." if decided else "",
            f"{aside.rstrip('.')}." if aside else "",
        )
        if any(parts):
            told = " ".join(filter(None, parts))
            yield f'<p class="about">{esc(_counted(toll).capitalize())} by {esc(toll.policy)}: {told}</p>'
    yield "</div>\n"


def _counted(toll: Toll) -> str:
    return ", ".join(part for part in (wording.harm(toll.harm), toll.status, toll.side) if part)


def _bound(toll: Toll, bound: str) -> str:
    number: int | None = getattr(toll, bound)
    if number is None:
        return "none" if bound == "best" else "open"
    return f"{number:,}"


def _map(dossier: Dossier, number: int) -> Iterator[str]:
    shown = spots([dossier])
    if shown:
        key = f"{number}"
        wide, narrow = (map_svg.write(shown, width, key, styled=False) for width in (720, 340))
        yield f'<h3>Where</h3>\n<figure><div class="wide">{wide}</div><div class="narrow">{narrow}</div>'
        yield f"<figcaption>{esc(' '.join(map_svg.sentences(shown)))}</figcaption></figure>\n"


def _words(dossier: Dossier) -> Iterator[str]:
    by_source: dict[str, list[Kept]] = {}
    for kept in dossier.claims:
        by_source.setdefault(ladder.speaker(kept), []).append(kept)
    yield "<h3>The words</h3>\n"
    for name, said in by_source.items():
        about = said[0].source
        kind = f' <span class="soft">({esc(about.kind.replace("_", " "))})</span>' if about else ""
        yield f'<h4><bdi>{esc(name)}</bdi>{kind}</h4>\n<ul class="said">'
        yield from (_claim(kept) for kept in said)
        yield "</ul>\n"


def _claim(kept: Kept) -> str:
    claim, report = kept.claim, kept.report
    whom = wording.whom(claim)
    figure = f"{wording.stated(claim)} {wording.harm(claim.harm)}" + (f": {whom}" if whom else "")
    total = ' <span class="tag">running total</span>' if claim.scope == "cumulative" else ""
    ruled = f' <span class="tag">{esc(RULED[kept.ruling.verdict])}</span>' if kept.ruling else ""
    through = f", through {', '.join(map(esc, claim.via))}" if claim.via else ""
    address = web_address(claim.trace.link) or web_address(report.url)
    title = esc(report.title or report.outlet or report.id)
    named = f'<a class="page" rel="noopener noreferrer nofollow" href="{address}">{title}</a>' if address else title
    outlet = f"{esc(report.outlet)}, " if report.outlet and report.title else ""
    when = wording.when(claim.date_from, claim.date_to)
    days = f" Speaks of {esc(when)}." if when != wording.NOT_SAID else ""
    return (
        f'<li id="{anchor("claim", claim.id)}"><span class="figure">{esc(figure)}</span>{total}{ruled}'
        f'<blockquote dir="auto">{_quoted(kept)}</blockquote><div class="about">{outlet}<bdi>{named}</bdi>, '
        f"{esc(wording.published(report.published))}{through}.{days} Claim <code>{esc(claim.id)}</code></div></li>\n"
    )


def _quoted(kept: Kept) -> str:
    """Return the claim's sentence with the counting words marked, or the counting words alone."""
    claim, sentence = kept.claim, kept.sentence
    at = claim.start - claim.sentence.start
    if not sentence.startswith(claim.text, max(at, 0)):
        at = sentence.find(claim.text)
    if not sentence or at < 0:
        return f"<mark>{esc(claim.text)}</mark>" + (f" {esc(sentence)}" if sentence else "")
    before, after = sentence[:at], sentence[at + len(claim.text) :]
    return f"{_edge(before)}<mark>{esc(claim.text)}</mark>{_edge(after)}"


def _edge(words: str) -> str:
    """Escape words and keep a space at either end where one stood."""
    return (" " if words[:1].isspace() else "") + esc(words) + (" " if words[-1:].isspace() and words.strip() else "")


def _reasons(incident: Incident) -> Iterator[str]:
    relations = [
        f"<li>{_claim_link(one.claim)} {RELATIONS[one.kind]} {_claim_link(one.other)}: {esc(one.reason)}</li>"
        for one in incident.relations
    ]
    joins = [
        f"<li>{_claim_link(join.a)} and {_claim_link(join.b)}{_PROPOSED * join.proposed}: {esc(join.reason)}</li>"
        for join in incident.joins
    ]
    if relations:
        yield f"<h3>How the claims stand to one another</h3>\n<ul>{''.join(relations)}</ul>\n"
    if joins:
        yield f"<h3>Why they are put together</h3>\n<ul>{''.join(joins)}</ul>\n"


def _texts(texts: Sequence[tuple[str, str]]) -> Iterator[str]:
    for report, text in texts:
        lines = "\n".join(map(esc, text.split("\n")))
        yield f'<h3>The whole text of {esc(report)}</h3>\n<pre dir="auto">{lines}</pre>\n'


def _claim_link(claim: str) -> str:
    return f'<a href="#{anchor("claim", claim)}"><code>{esc(claim)}</code></a>'


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
