"""Figures laid out for people, in plain columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.score_attributions import ROLES
from bench.score_claims import DATED, HEAD, MACRO, SLOTS
from bench.score_fakes import CLASSES
from bench.score_pages import FIELDS
from bench.speed_lists import PAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.archive import ArchiveSpeed
    from bench.calibration import Calibration
    from bench.score_attributions import AttributionScore
    from bench.score_claims import KindScore
    from bench.score_fakes import FakesScore
    from bench.score_gva import GvaScore
    from bench.score_muc import MucScore
    from bench.score_pages import PagesScore
    from bench.speed import Speed
    from bench.speed_copies import CopySpeed
    from bench.speed_desk import DeskSpeed
    from bench.speed_ledger import LedgerSpeed

NONE = "-"


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set rows under a head, the first column to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) if not at else cell.rjust(width) for at, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in (head, *rows))
    ]
    return "\n".join(line.rstrip() for line in lines)


def claims(
    scores: Mapping[str, Mapping[str, KindScore]], sizes: Mapping[str, int], sure: Mapping[str, Calibration]
) -> str:
    """Lay out the claims of each set and of all together."""
    main = [
        [
            name,
            str(sizes[name]),
            *_counted(kinds["count"]),
            _share(kinds["digits"].rates.f1),
            str(kinds["individual"].gold),
            _share(kinds["individual"].rates.f1),
        ]
        for name, kinds in scores.items()
    ]
    slots = [
        [name, *(_share(kinds["count"].slots.get(slot)) for slot in (*SLOTS, HEAD))] for name, kinds in scores.items()
    ]
    dated = [[name, *(_share(kinds["count"].dated[slot]) for slot in DATED)] for name, kinds in scores.items()]
    macro = [
        [
            name,
            *(_share(kinds["count"].macro[slot]) for slot in MACRO),
            str(kinds["count"].via.gold),
            _share(kinds["count"].via.f1),
        ]
        for name, kinds in scores.items()
    ]
    told = [
        [name, str(one.claims), _share(one.error), _share(one.least_fifth)] for name, one in sure.items() if one.claims
    ]
    head = ["set", "reports", "gold", "read", "P", "R", "F1", "attr.F1", "spans", "digits", "indiv", "F1"]
    return "\n\n".join(
        [
            columns(head, main),
            "Slots right, of the matched counts:\n" + columns(["set", *SLOTS, HEAD], slots),
            "Days right, of the matched counts whose annotation has one:\n" + columns(["set", *DATED], dated),
            "Macro F1 of slots, and who passed the figure on:\n" + columns(["set", *MACRO, "via", "via F1"], macro),
            "Confidence: how far from the share right, and the share of errors in the least confident fifth:\n"
            + columns(["set", "claims", "ECE", "in fifth"], told),
        ]
    )


def attributions(score: AttributionScore) -> str:
    """Lay out who-said-what, in per cent."""
    rows = [
        (label, figures)
        for label, figures in (
            ("content exact", score.content_exact),
            ("content soft", score.content_soft),
            ("detected (Dice 50)", score.detected),
            ("cue exact", score.cue_exact),
            ("cue any", score.cue_any),
            ("triple loose", score.triple_loose),
            ("triple strict", score.triple_strict),
            *((f"tokens: {role}", score.tokens[role]) for role in ROLES),
        )
    ]
    table = columns(
        ["per cent", "P", "R", "F1"],
        [[label, f"{one.precision:.1f}", f"{one.recall:.1f}", f"{one.f1:.1f}"] for label, one in rows],
    )
    source = score.source
    return (
        f"{score.docs} texts, {score.words} words; {score.gold} annotated triples, {score.read} read\n{table}\n"
        f"Source of the {source.n} detected contents that have one: a word {source.any:.1f}, the head "
        f"{source.head:.1f}, exact {source.exact:.1f}, none read {source.none_read:.1f}"
    )


def muc(scores: Mapping[str, MucScore]) -> str:
    """Lay out the facts of each file and of all together."""
    head = ["set", "reports", "asked", "read", "ignored", "P", "R", "F1", "killed", "injured", "total ok", "silent ok"]
    rows = [
        [
            name,
            str(one.docs),
            str(one.overall.asked),
            str(one.overall.read),
            str(one.ignored),
            *(_share(figure) for figure in (one.overall.precision, one.overall.recall, one.overall.f1)),
            *(_share(found.f1) for found in one.by_effect.values()),
            f"{one.totals_in_range}/{one.totals}",
            f"{one.silent_kept}/{one.silent}",
        ]
        for name, one in scores.items()
    ]
    return columns(head, rows)


def fakes(score: FakesScore, governorates: float | None) -> str:
    """Lay out first claims, ranges and recall by class."""
    rows = [
        [name, str(one.gold), _of(one.found, one.gold), _of(one.found_with_class, one.gold)]
        for name, one in ((name, score.recall[name]) for name in CLASSES)
    ]
    return (
        f"{score.docs} reports, {score.answered} answered with {score.facts_per_doc:.2f} facts each on the average\n"
        f"first claim right {score.top1:.4f}, any claim right {score.headline:.4f}\n"
        f"{score.groups} groups told by several outlets: range exact {score.range_exact}, "
        f"overlapping {score.range_overlap}\n"
        f"governorate right {_share(governorates)}\n" + columns(["killed", "gold", "recall", "with class"], rows)
    )


def gva(scores: Mapping[str, GvaScore], towns: float | None) -> str:
    """Lay out main figures and days over all reports and over those of large incidents."""
    names = {"all": "all", "mass": "4 or more hurt"}
    rows = [
        [
            names[name],
            str(one.docs),
            *(f"{figure:.4f}" for figure in (one.killed, one.injured, one.both)),
            f"{one.killed_error:.3f}",
            f"{one.injured_error:.3f}",
            f"{one.day:.4f}",
        ]
        for name, one in scores.items()
    ]
    head = ["reports", "n", "killed right", "injured right", "both", "killed off by", "injured off by", "day"]
    return f"{columns(head, rows)}\ncity right {_share(towns)}"


def pages(score: PagesScore) -> str:
    """Lay out what was found on pages, and the means of all, of tickers and of pages with tables."""
    fields = (*FIELDS, "passages")
    rows = [
        [page.name, f"{page.f1:.3f}", f"{page.theirs:.3f}", *("yes" if name in page.right else "NO" for name in fields)]
        for page in score.pages
    ]
    for label, kind in (("all", None), ("tickers", "ticker"), ("tables", "table")):
        ours, theirs = score.f1(kind)
        rows.append(
            [label, f"{ours:.3f}", f"{theirs:.3f}", *([NONE] * len(fields) if kind else _rights(score, fields))]
        )
    table = columns(["page", "F1", "trafilatura", *fields], rows)
    three = score.right("title", "byline", "published")
    cost = "" if score.cost is None else f"\nfind_report takes {score.cost:.2f} times as long as trafilatura's own call"
    return f"{table}\n\nheadline, byline and date right on {three} of {len(score.pages)} pages{cost}"


def _rights(score: PagesScore, fields: Sequence[str]) -> list[str]:
    return [str(score.right(name)) for name in fields]


def speed(found: Speed) -> str:
    """Say how fast the program reads and starts."""
    loads = " and ".join("unknown" if load is None else f"{load:.2f}" for load in found.load)
    return (
        f"{found.reports} reports, {found.characters} characters, "
        f"{found.characters / found.reports:.0f} characters a report; one process\n"
        f"reading: {found.reports_per_second:.1f} reports/s, {found.characters_per_second:.0f} characters/s "
        f"(median of {found.runs} runs: {found.seconds:.3f} s, slowest {found.slowest:.3f} s)\n"
        f"days and places: {found.settings_per_second:.0f} sentences/s of processor time (median of {found.runs})\n"
        f"first report, with loading: {found.first:.3f} s\n"
        f"times as long as cutting the same texts into words: {found.seconds / found.yardstick:.1f}\n"
        f"cold start, median of {found.runs}: sayso --help {found.cold_help:.3f} s, "
        f"sayso read on one short text {found.cold_read:.3f} s\n"
        f"load average before and after: {loads}"
    )


def copy_speed(found: CopySpeed) -> str:
    """Say how fast reports are compared for copies."""
    return (
        f"copies: {found.reports} invented reports of {found.words / found.reports:.0f} words, added one at a time "
        f"in {found.seconds:.1f} s of processor time: {found.per_second:.0f} reports/s\n"
        f"looking one up among {found.small}: {found.look_up_small * 1e3:.3f} ms, among {found.reports}: "
        f"{found.look_up_large * 1e3:.3f} ms; ratio {found.ratio:.2f}; copies found: {found.found:.3f}\n"
        f"memory for the index and its reports: {found.memory / found.reports / 1024:.1f} KiB a report; "
        f"load average before and after: {found.load[0]:.2f} and {found.load[1]:.2f}"
    )


def ledger_speed(found: LedgerSpeed) -> str:
    """Say how fast a ledger takes claims and answers."""
    return (
        f"{found.claims:,} invented claims of {found.reports:,} reports added in {found.seconds:.0f} s: "
        f"{found.per_second:.0f} claims/s; {found.claims / found.processor:.0f} in a second of processor time\n"
        f"over the first tenth {found.first:.0f} claims/s, over the last {found.last:.0f}; "
        f"{found.size / found.claims / 1024:.1f} KiB a claim on disk\n"
        f"95th percentile, opening {found.open * 1e3:.1f} ms, showing a claim {found.show * 1e3:.1f} ms, "
        f"searching {found.search * 1e3:.1f} ms\n"
        f"peak memory after a tenth and at the end: {found.memory[0] / 2**20:.0f} and "
        f"{found.memory[1] / 2**20:.0f} MiB\n"
        f"load average before and after: {found.load[0]:.2f} and {found.load[1]:.2f}\n"
        f"a page of {PAGE} of {found.incidents:,} incidents, median and slowest of processor time: "
        + "; ".join(
            f"{name} {one.median * 1e3:.1f} and {one.slowest * 1e3:.1f} ms" for name, one in found.lists.items()
        )
    )


def desk_speed(found: DeskSpeed) -> str:
    """Say how fast the desk answers."""
    rows = "".join(
        f"{one.page:<24} median {one.median * 1e3:7.1f} ms  95th {one.p95 * 1e3:7.1f}"
        f"  longest {one.longest * 1e3:7.1f}\n"
        for one in (*found.pages, found.together)
    )
    return (
        f"{rows}{found.per_second:.0f} requests/s while {found.users} people asked; errors: {found.errors}; "
        f"script of the first view: {found.script / 1024:.0f} KiB compressed\n"
        f"load average before and after: {found.load[0]:.2f} and {found.load[1]:.2f}"
    )


def archive_speed(found: ArchiveSpeed) -> str:
    """Say how fast archives are read and judged, and in how much memory."""
    peaks = ", ".join(f"{peak:.0f} MB over {size} MB" for size, peak in found.memory.items())
    return (
        f"{found.pages} invented pages, {found.passed} with words of harm; {found.megabytes:.0f} MB, "
        f"packed {found.packed:.0f} MB; medians of {found.runs} alternating runs, processor time\n"
        f"fastwarc alone {found.unpacking:.2f} s; and decoding by the stated codec {found.codec:.2f} s, "
        f"as the program decodes {found.decoding:.2f} s; verdicts {found.verdict:.2f} s\n"
        f"speed of the verdict, of fastwarc and the codec: {found.verdict_of_codec:.2f}; "
        f"of fastwarc and the program's decoding: {found.verdict_of_decoding:.2f}\n"
        f"whole run, over reading the archive and extracting the passing reports: {found.whole_of_sum:.2f}; "
        f"with reading their claims on both sides: {found.claims_of_sum:.2f}\n"
        f"peak memory: {peaks}\n"
        f"load average before and after: {found.load[0]:.2f} and {found.load[1]:.2f}"
    )


def _counted(score: KindScore) -> list[str]:
    figures = (score.rates.precision, score.rates.recall, score.rates.f1, score.attributed_f1, score.span_recall)
    return [str(score.gold), str(score.read), *map(_share, figures)]


def _share(figure: float | None) -> str:
    return NONE if figure is None else f"{figure:.3f}"


def _of(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else NONE
