"""One incident for people: what is said of it, who said it when in which words, and why it is held to be one event."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TextIO

from sayso.export import ladder, ladder_svg, ladder_text, map_svg, map_text, wording
from sayso.export.countries import country
from sayso.export.excerpt import around_figure
from sayso.export.incident_list import SHORT
from sayso.export.ladder import speaker
from sayso.export.layout import Lines
from sayso.export.spots import range_words, spots
from sayso.export.svg import label, picture
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.text import Text

    from sayso.events import Dossier, Incident, Join, Kept, Relation
    from sayso.export.excerpt import Pieces

_MOST_CLAIMS = 60
_MOST_REASONS = 8
_MOST_OF_A_KIND = 4
_MORE = {
    "contradicts": "contradict each other",
    "supersedes": "supersede one before",
    "part_of": "are part of another",
    "includes": "include another",
    "repeats": "repeat another",
}
_EXCERPT = 190
_WIDE = 720
_HEADING = 30
_VERDICTS = {
    "accepted": "checked: the report says this",
    "corrected": "corrected",
    "rejected": "rejected: the report does not say this",
    "added": "added by hand",
}
_PRECISION = {2: "near it", 3: "a district", 4: "a region", 5: "a wider area", 6: "a country"}


def write(dossier: Dossier, proposals: Sequence[tuple[Join, Incident]], out: TextIO, *, as_list: bool = False) -> None:
    """Write an incident.

    Args:
        dossier: The incident with its claims.
        proposals: Joins that wait for a person, each with the other incident.
        out: Where to write.
        as_list: Whether to write sentences in place of drawings, which a screen reader can read.
    """
    if dossier.incident is None:
        return
    view = _View(out, dossier, dossier.incident)
    view.facts()
    view.line()
    ladder_text.write(dossier, out, as_list=as_list)
    view.said()
    view.relations()
    view.reasons()
    view.proposals(proposals)
    if spots([dossier]):
        view.heading("Where")
        map_text.write([dossier], out, as_list=as_list)


def svg(dossier: Dossier) -> str:
    """Return one picture with the ladders of an incident, one below the other, and its place on the map."""
    pictures: list[str] = []
    for one, drawn in zip(ladder.ladders(dossier), ladder_svg.write(dossier), strict=True):
        title = f"{wording.harm(one.harm).capitalize()}, by source and day of report"
        heading = picture(
            f"heading-{one.harm}", _WIDE, _HEADING, title, (), (label(12, 22, title, "strong"),), styled=True
        )
        pictures += [heading, drawn]
    placed = spots([dossier])
    if placed:
        pictures.append(map_svg.write(placed))
    stacked, top = [], 0.0
    for one_picture in pictures:
        stacked.append(one_picture.replace("<svg ", f'<svg y="{top:g}" ', 1))
        top += float(one_picture.partition(' height="')[2].partition('"')[0])
    frame = f'viewBox="0 0 {_WIDE} {top:g}" width="{_WIDE}" height="{top:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>' + "\n".join(stacked) + "</svg>\n"


class _View(Lines):
    """Lays out one incident from top to bottom."""

    def __init__(self, out: TextIO, dossier: Dossier, incident: Incident) -> None:
        super().__init__(out)
        self.incident = incident
        self.kept = {kept.claim.id: kept for kept in dossier.claims}
        self.times = Counter(claim[:SHORT] for claim in self.kept)

    def facts(self) -> None:
        one = self.incident
        self.block(self.words((wording.shown(one.name) or "Incident without a name", "bold")))
        where = [part for part in (one.place, one.region, country(one.country).name) if part]
        near = _PRECISION.get(one.place_prec or 0)
        voices = len({kept.report.voice or kept.report.id for kept in self.kept.values()})
        texts = "1 text of its own" if voices == 1 else f"{voices} texts of their own"
        rows = {
            "incident": one.id + (", a total over a period and not one event" if one.scope == "period" else ""),
            "kind": one.type or "",
            "when": wording.when(one.date_from, one.date_to),
            "where": ", ".join(dict.fromkeys(map(wording.shown, where))) + (f" ({near})" if where and near else ""),
            **{
                wording.harm(harm): range_words(said.low, said.high, more=said.more)
                for harm, said in one.figures.items()
            },
            "done by": "; ".join(self._party(name, claims) for name, claims in one.perpetrators),
            "with": wording.shown(one.means or ""),
            "told by": f"{_count(len(self._reports()), 'report')}, {texts}; {_count(len(self.kept), 'claim')}",
            "contested": "yes: claims contradict one another" if one.contested else "",
        }
        room = max(len(name) for name, words in rows.items() if words) + 2
        for name, words in rows.items():
            if words:
                self.row(name.ljust(room), words)

    def row(self, name: str, words: str) -> None:
        for number, line in enumerate(self.wrapped(self.words(words), self.width - len(name))):
            self.line(self.words((name if number == 0 else " " * len(name), "dim")).append_text(line))

    def heading(self, words: str) -> None:
        self.line()
        self.line(self.words((words, "bold")))

    def _party(self, name: str, claims: Iterable[str]) -> str:
        by = dict.fromkeys(speaker(self.kept[claim]) for claim in claims if claim in self.kept)
        return f"{wording.shown(name)}, by the word of {' and '.join(by)}" if by else wording.shown(name)

    def _reports(self) -> dict[str, list[Kept]]:
        found: dict[str, list[Kept]] = {}
        for kept in self.kept.values():
            found.setdefault(kept.report.id, []).append(kept)
        return found

    # ── what was said ────────────────────────────────────────────────────────────────────────────────────────────

    def said(self) -> None:
        """Write the claims in the order of their reports, prints of one text together."""
        self.heading("What was said, in the order of the reports")
        voices: dict[str, list[list[Kept]]] = {}
        for claims in self._reports().values():
            voices.setdefault(claims[0].report.voice or claims[0].report.id, []).append(claims)
        shown = 0
        for prints in voices.values():
            first, *copies = prints
            self.line()
            self.block(self.words((_report(first[0]), "bold"), f"  {first[0].report.id[:SHORT]}"))
            for kept in first:
                shown += 1
                if shown <= _MOST_CLAIMS:
                    self.claim(kept)
            if copies:
                also = ", ".join(_report(claims[0]) for claims in copies)
                self.block(self.words(f"  Printed as well by {also}"))
        if shown > _MOST_CLAIMS:
            self.line(self.words(f"And {shown - _MOST_CLAIMS} more claims; --json has all."))

    def claim(self, kept: Kept) -> None:
        claim = kept.claim
        whom = wording.whom(claim)
        figure = f"{wording.harm(claim.harm)} {wording.stated(claim)}" if claim.kind != "individual" else ""
        what = figure + (f" ({whom})" if figure and whom else f"{wording.harm(claim.harm)}: {whom}" if whom else "")
        via = f", as told by {', '.join(map(wording.shown, claim.via))}" if claim.via else ""
        ruled = f"; {_VERDICTS[kept.ruling.verdict]} ({wording.shown(kept.ruling.by)})" if kept.ruling else ""
        self.indented(self.words(what, f", says {speaker(kept)}{via}{ruled}  ", (self.short(claim.id), "dim")), 2)
        self.indented(self.marked(_excerpt(kept)), 6)

    def indented(self, text: Text, indent: int) -> None:
        for line in self.wrapped(text, self.width - indent):
            self.line(line, indent=indent)

    # ── how it hangs together ────────────────────────────────────────────────────────────────────────────────────

    def relations(self) -> None:
        """Write how claims stand to one another, what contradicts first."""
        kinds: dict[str, dict[str, Relation]] = {"contradicts": {}, "supersedes": {}, "part_of": {}, "includes": {}}
        for one in self.incident.relations:
            kinds.setdefault(one.kind, {}).setdefault(one.reason, one)
        if self.incident.relations:
            self.heading("How the claims stand to one another")
        for kind, told in kinds.items():
            for one in list(told.values())[:_MOST_OF_A_KIND]:
                said = f"{self.short(one.claim)} {kind.replace('_', ' ')} {self.short(one.other)}"
                self.item(f"{said}: {wording.shown(one.reason)}")
            if len(told) > _MOST_OF_A_KIND:
                more = f"{len(told) - _MOST_OF_A_KIND} more that {_MORE[kind]}"
                self.line(self.words(f"    and {more}; --json has all"))

    def reasons(self) -> None:
        """Write why the reports are held to speak of one event."""
        across = [
            one
            for one in self.incident.joins
            if not one.proposed and (one.by or self._report_of(one.a) != self._report_of(one.b))
        ]
        if across:
            self.heading("Why the reports are held to speak of one event")
        for one in sorted(across, key=lambda join: (join.by is None, -join.score))[:_MOST_REASONS]:
            weight = f"ruled by {wording.shown(one.by)}" if one.by else f"{one.score:.2f}"
            self.item(f"{self._outlet(one.a)} and {self._outlet(one.b)} ({weight}): {wording.shown(one.reason)}")
        if len(across) > _MOST_REASONS:
            self.line(self.words(f"    and {len(across) - _MOST_REASONS} more; --json has all"))

    def proposals(self, proposals: Sequence[tuple[Join, Incident]]) -> None:
        """Write what waits for a person, with the commands that decide it."""
        if not proposals:
            return
        self.heading("Waiting for a person: is this the same event?")
        for join, other in proposals:
            self.item(
                f"{wording.shown(other.name)}, {other.id[:SHORT]} ({join.score:.2f}): {wording.shown(join.reason)}"
            )
            both = f"{self.incident.id[:SHORT]} {other.id[:SHORT]}"
            for answer, command in (("yes", "merge"), ("no", "apart")):
                self.line(self.words(f"      {answer + ':':<5}sayso {command} {both}"))

    def item(self, words: str) -> None:
        first, *rest = self.wrapped(self.words(words), self.width - 4)
        self.line(self.words("  - ").append_text(first))
        for line in rest:
            self.line(line, indent=4)

    def short(self, claim: str) -> str:
        """Return as much of a claim's id as tells it from the others of the incident."""
        return claim[:SHORT] if self.times[claim[:SHORT]] < 2 else claim

    def _report_of(self, claim: str) -> str:
        kept = self.kept.get(claim)
        return kept.report.id if kept else claim

    def _outlet(self, claim: str) -> str:
        kept = self.kept.get(claim)
        return _report(kept) if kept else self.short(claim)


def _report(kept: Kept) -> str:
    outlet = wording.shown(kept.report.outlet or kept.report.title or "A report without a name")
    return f"{outlet}, {wording.published(kept.report.published)}"


def _excerpt(kept: Kept) -> Pieces:
    """Return the words around the figure; where names were left out, offsets no longer fit and it is looked for."""
    claim, sentence = kept.claim, kept.sentence
    at = Span(claim.start - claim.sentence.start, claim.end - claim.sentence.start)
    if at.start < 0 or at.of(sentence) != claim.text:
        start = sentence.find(claim.text)
        if start < 0:
            return ((wording.shown(sentence), False),)
        at = Span(start, start + len(claim.text))
    return around_figure(sentence, at, Span(0, len(sentence)), _EXCERPT)


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
