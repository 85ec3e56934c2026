"""The command ``incidents``: whole sets grouped at once, the invented set among them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bench import score_incidents, sets
from bench.score_incidents import Grouped
from bench.speed_incidents import GroupSpeed, Mark
from bench.tellings import tellings
from sayso.incident.group import Grouping

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sayso.events import Incident
    from sayso.incident.told import Told


def grouping(reports: Iterable[Told]) -> list[Incident]:
    """Group reports all at once."""
    found = Grouping()
    for report in reports:
        found.add(report)
    found.regroup()
    return found.incidents()


def gva(path: Path, part: sets.Part, pred: Path | None, keep: Path | None, jobs: int) -> dict[str, Any]:
    """Group one part of the gun-violence set, over all reports at once."""
    chosen = sets.cut(sets.gva_set(path), part)
    gold = {item.report.id: item.gold for item in chosen.items}
    found = grouping(tellings(list(sets.same_ids(chosen.items).values()), pred, keep, jobs))
    of_report = {report: one.id for one in found for report in one.reports}
    told = score_incidents.grouped([gold[one].incident for one in gold], [of_report.get(one, one) for one in gold])
    ranges = score_incidents.held(gold, found)
    return {"grouping": asdict(told), "range": {harm: asdict(one) for harm, one in ranges.items()}}


def fakes(path: Path, part: sets.Part, pred: Path | None, keep: Path | None, jobs: int) -> dict[str, Any]:
    """Group one part of FA-KES, over all reports at once."""
    chosen = sets.cut(sets.fakes_set(path), part)
    found = grouping(tellings(list(sets.same_ids(chosen.items).values()), pred, keep, jobs))
    return {"range": score_incidents.overlapping([(item.report.id, item.gold) for item in chosen.items], found)}


def told(part: sets.Part, jobs: int) -> dict[str, Any]:
    """Group one part of our invented set; scored are the claims of single events whose figures are marked there."""
    from tests.incident.told_set import told as invented

    whole = invented()
    chosen = whole if part == "all" else whole.part(heldout=part == "heldout")
    read = tellings([one.report for one in chosen.reports], jobs=jobs)
    voices = {one.report.id: one.copy_of or one.report.id for one in chosen.reports}
    reports = [telling_again(one, voices[one.report.id]) for one in read]
    of_claim = {claim: one.id for one in grouping(reports) for claim in one.claims}
    marked = {one.report.id: one for one in chosen.reports}
    labels = {
        kept.claim.id: label
        for one in reports
        for kept in one.claims
        if (label := marked[one.report.id].incident_of(kept.claim.span)) and whole.incidents[label].scope == "event"
    }
    score = score_incidents.grouped(list(labels.values()), [of_claim[claim] for claim in labels])
    return {"grouping": asdict(score) | {"reports": len(reports)}}


def telling_again(one: Told, voice: str) -> Told:
    """Return a report with the voice that it prints."""
    from dataclasses import replace

    report = replace(one.report, voice=voice)
    return replace(one, report=report, claims=tuple(replace(kept, report=report) for kept in one.claims))


def table(figures: dict[str, Any]) -> str:
    """Return the figures of one or more sets as lines for people."""
    lines = []
    for name, of_set in figures.items():
        if "grouping" in of_set:
            one = Grouped(**{key: of_set["grouping"][key] for key in Grouped.__slots__})
            lines.append(
                f"{name}: {one.items} items of {one.gold} incidents in {one.found} groups; pairs P {one.precision:.3f} "
                f"R {one.recall:.3f} F1 {one.f1:.3f}; B-cubed F1 {one.b_cubed:.3f}"
            )
        for harm, found in of_set.get("range", {}).items():
            if isinstance(found, dict):
                lines.append(f"{name}: {harm} in the range {found['share']:.3f}, mean width {found['width']:.2f}")
        if "overlap" in of_set.get("range", {}):
            found = of_set["range"]
            lines.append(
                f"{name}: {found['groups']} groups of two outlets or more; range of killed overlaps "
                f"{found['overlap']:.3f}, exact {found['exact']:.3f}"
            )
        if "reports_added" in of_set:
            marks = tuple(Mark(**one) for one in of_set["marks"])
            lines.append(GroupSpeed(**{**of_set, "marks": marks}).words)
    return "\n".join(lines)
