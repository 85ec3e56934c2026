"""The command line: ``python -m bench COMMAND``; see ``bench/README.md``."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bench import (
    archive,
    beside_spacy,
    facts,
    incidents,
    large_pages,
    score_attributions,
    score_claims,
    score_fakes,
    score_gate,
    score_gva,
    score_muc,
    score_pages,
    score_places,
    sets,
    show,
    speed_copies,
    speed_desk,
    speed_incidents,
    speed_jobs,
    speed_ledger,
    speed_pages,
    speed_ray,
    speed_reports,
)
from bench.agree import agree
from bench.calibration import calibration
from bench.errors import mistakes, refuse_held_out
from bench.program import READERS, read_all
from bench.rows import Read, read_file, read_lines
from bench.speed import measure
from sayso.pool import usable_cores
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NOTHING = Read()


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for; each command looks at its own part."""

    command: str
    input: list[Path] = field(default_factory=list)
    part: sets.Part = "heldout"
    pred: Path | None = None
    keep: Path | None = None
    json: str | None = None
    limit: int | None = None
    jobs: int = 1
    alone: bool = False
    reader: str = "both"
    errors: Path | None = None
    smallest: int = 1
    seeds: int = 3
    copies: int = speed_copies.LARGE
    archive: int | None = None
    pages: int | None = None
    telling: int = large_pages.IN_A_HUNDRED
    claims: int = speed_ledger.CLAIMS
    reports: int | None = None
    gva: Path | None = None
    fakes: Path | None = None
    told: bool = False
    many: int | None = None
    users: int = 50
    spacy: Path | None = None
    model: str = beside_spacy.MODEL
    attributions: bool = False
    ray: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """A table for people and the same figures for programs."""

    table: str
    figures: dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0; 1 if ``agree`` found a difference; 2 for wrong usage, with a sentence on standard error.
    """
    options = Options(**vars(_parser().parse_args(arguments)))
    try:
        if options.command == "agree":
            return 0 if agree(options.input[0], options.seeds) else 1
        outcome = COMMANDS[options.command](options)
        _print(outcome, options)
    except UsageError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    return 0


def claims(options: Options) -> Outcome:
    """Score claims on one or more gold folders, each and all together."""
    chosen = [sets.cut(sets.claim_set(folder), options.part, options.limit) for folder in options.input]
    if len({one.name for one in chosen}) < len(chosen):
        raise UsageError("Two of the gold folders have the same name; name each once.")
    if options.errors:
        refuse_held_out(chosen)
    readings = _readings(options, chosen)
    if options.errors:
        _write(options.errors, mistakes(chosen, readings))
    documents = {
        one.name: [(item.gold, readings.get(item.report.id, NOTHING).claims) for item in one.items] for one in chosen
    }
    if len(chosen) > 1:
        documents["all"] = [document for one in list(documents.values()) for document in one]
    scores = {name: score_claims.score(of_set) for name, of_set in documents.items()}
    sizes = {name: len(of_set) for name, of_set in documents.items()}
    sure = {name: calibration(of_set) for name, of_set in documents.items()}
    figures = {
        name: {"reports": sizes[name], "confidence": asdict(sure[name])}
        | {kind: asdict(one) for kind, one in kinds.items()}
        for name, kinds in scores.items()
    }
    return Outcome(show.claims(scores, sizes, sure), figures)


def attributions(options: Options) -> Outcome:
    """Score who said what on PolNeAR."""
    chosen = sets.cut(sets.attribution_set(options.input[0]), options.part, options.limit)
    readings = _readings(options, [chosen])
    score = score_attributions.score(
        (item.gold, readings.get(item.report.id, NOTHING).attributions) for item in chosen.items
    )
    return Outcome(show.attributions(score), {chosen.name: asdict(score)})


def muc4(options: Options) -> Outcome:
    """Score facts on the MUC-4 files of a folder, each and all together."""
    chosen = [sets.cut(one, options.part, options.limit) for one in sets.muc_sets(options.input[0])]
    readings = _readings(options, chosen)
    documents = {
        one.name: [(item.gold, facts.facts(readings.get(item.report.id, NOTHING).claims)) for item in one.items]
        for one in chosen
    }
    if len(chosen) > 1:
        documents["all"] = [document for one in list(documents.values()) for document in one]
    scores = {name: score_muc.score(of_set, options.smallest) for name, of_set in documents.items()}
    return Outcome(show.muc(scores), {name: _muc_figures(score) for name, score in scores.items()})


def fakes(options: Options) -> Outcome:
    """Score first claims on FA-KES."""
    chosen = sets.cut(sets.fakes_set(options.input[0]), options.part, options.limit)
    readings = _readings(options, [chosen])
    score = score_fakes.score(
        (item.gold, facts.headline_first(facts.facts(readings.get(item.report.id, NOTHING).claims)))
        for item in chosen.items
    )
    placed = score_places.governorates_right(
        (item.gold.governorate, readings.get(item.report.id, NOTHING).claims) for item in chosen.items
    )
    return Outcome(show.fakes(score, placed), {chosen.name: asdict(score) | {"governorate": placed}})


def gva(options: Options) -> Outcome:
    """Score main figures on the gun-violence set."""
    chosen = sets.cut(sets.gva_set(options.input[0]), options.part, options.limit)
    readings = _readings(options, [chosen])
    read = [(item.gold, readings.get(item.report.id, NOTHING).claims) for item in chosen.items]
    scores = score_gva.score(
        (gold, facts.main_figure(said, "killed"), facts.main_figure(said, "injured"), facts.main_days(said))
        for gold, said in read
    )
    placed = score_places.towns_right((gold.city, said) for gold, said in read)
    figures = {name: asdict(score) for name, score in scores.items()}
    return Outcome(show.gva(scores, placed), {chosen.name: figures | {"city": placed}})


def pages(options: Options) -> Outcome:
    """Score what is found on web pages."""
    found = score_pages.score(options.input[0], options.limit)
    figures = {page.name: asdict(page) | {"right": sorted(page.right)} for page in found.pages}
    return Outcome(show.pages(found), {"pages": figures, "cost": found.cost})


def group(options: Options) -> Outcome:
    """Score which reports and claims are put together, on sets and on the invented set, and how fast that goes."""
    asked = [options.gva, options.fakes, options.told, options.many]
    if not any(asked):
        raise UsageError("Say what to group: --gva FILE, --fakes FILE, --told or --many N.")
    if (options.pred or options.keep) and sum(map(bool, asked)) != 1:
        raise UsageError("--pred and --keep are about the readings of one set; name one.")
    figures: dict[str, Any] = {}
    if options.gva:
        figures[options.gva.stem] = incidents.gva(options.gva, options.part, options.pred, options.keep, options.jobs)
    if options.fakes:
        figures[options.fakes.stem] = incidents.fakes(
            options.fakes, options.part, options.pred, options.keep, options.jobs
        )
    if options.told:
        figures["told"] = incidents.told(options.part, options.jobs)
    if options.many:
        jobs = 1 if options.alone else min(2, usable_cores())
        figures["many"] = asdict(speed_incidents.measure(options.many, jobs=jobs))
    return Outcome(incidents.table(figures), figures)


def speed(options: Options) -> Outcome:
    """Time the program on a folder of reports and the index of copies on invented ones, or archives of such pages."""
    if options.archive:
        of_archives = archive.measure(options.archive)
        return Outcome(show.archive_speed(of_archives), asdict(of_archives))
    if options.pages:
        of_pages = speed_pages.measure(options.pages, options.telling)
        return Outcome(of_pages.words, asdict(of_pages) | {"ratio": of_pages.ratio})
    if len(options.input) != 1:
        raise UsageError("Name one folder of reports, or give --archive with megabytes, or --pages with a number.")
    reports = sets.plain_reports(options.input[0])[: options.limit]
    if options.spacy:
        beside = beside_spacy.measure(reports, options.spacy, options.model, attributions=options.attributions)
        return Outcome(beside.words, asdict(beside) | {"ratio": beside.ratio})
    if options.ray:
        by_ray = speed_ray.measure(reports, options.ray)
        ratios = {"by_the_clock": by_ray.by_the_clock, "cost_by_the_clock": by_ray.cost_by_the_clock}
        return Outcome(by_ray.words, asdict(by_ray) | ratios | {"cost": by_ray.cost})
    if options.jobs > 1:
        by_jobs = speed_jobs.measure(reports, options.jobs)
        ratios = {"by_the_clock": by_jobs.by_the_clock, "processor": by_jobs.processor}
        return Outcome(by_jobs.words, asdict(by_jobs) | ratios)
    found = measure(reports)
    figures = asdict(found) | {
        "reports_per_second": found.reports_per_second,
        "characters_per_second": found.characters_per_second,
        "settings_per_second": found.settings_per_second,
    }
    if not options.copies:
        return Outcome(show.speed(found), figures)
    copies = speed_copies.measure(small=max(1, options.copies // 10), large=options.copies)
    figures["copies"] = asdict(copies) | {"reports_per_second": copies.per_second, "look_up_ratio": copies.ratio}
    return Outcome(f"{show.speed(found)}\n\n{show.copy_speed(copies)}", figures)


def gate(options: Options) -> Outcome:
    """Count the reports of gold folders that the gates let through."""
    chosen = [sets.cut(sets.claim_set(folder), options.part, options.limit) for folder in options.input]
    rows = score_gate.measure(chosen)
    return Outcome("\n".join(one.words for one in rows), {"sets": [asdict(one) for one in rows]})


def ledger(options: Options) -> Outcome:
    """Time a ledger that lies in a folder."""
    if options.reports:
        cost = speed_reports.measure(options.input[0], options.reports)
        return Outcome(cost.words, asdict(cost) | {"ratio": cost.ratio})
    found = speed_ledger.measure(options.input[0], options.claims)
    return Outcome(show.ledger_speed(found), asdict(found) | {"claims_per_second": found.per_second})


def desk(options: Options) -> Outcome:
    """Time the desk over a ledger that is there."""
    found = speed_desk.measure(options.input[0], options.users)
    return Outcome(show.desk_speed(found), asdict(found))


COMMANDS: dict[str, Callable[[Options], Outcome]] = {
    "claims": claims,
    "attributions": attributions,
    "muc4": muc4,
    "fakes": fakes,
    "gva": gva,
    "gate": gate,
    "pages": pages,
    "speed": speed,
    "ledger": ledger,
    "desk": desk,
    "incidents": group,
}


def _readings(options: Options, chosen: Sequence[sets.Set[Any]]) -> dict[str, Read]:
    """Run the program over the reports of the sets, or take what it wrote before."""
    reports = sets.same_ids(item for one in chosen for item in one.items)
    if options.pred is None:
        whole = options.command == "attributions"
        lines = read_all(list(reports.values()), attributions=whole, jobs=options.jobs, reader=options.reader)
        if options.keep:
            _write(options.keep, "".join(f"{line}\n" for line in lines))
        return read_lines(lines, "the program's output")
    if options.keep:
        raise UsageError("--keep writes what the program reads, and with --pred it does not run; give one of them.")
    readings = read_file(options.pred)
    missing = sum(name not in readings for name in reports)
    if missing == len(reports):
        raise UsageError(f"{options.pred} has no line for any report of this part; give the readings of this set.")
    if missing:
        print(f"bench: {missing} of {len(reports)} reports have no line and count as empty.", file=sys.stderr)
    return readings


def _muc_figures(score: score_muc.MucScore) -> dict[str, Any]:
    def rates(found: score_muc.Found) -> dict[str, float]:
        return asdict(found) | {"precision": found.precision, "recall": found.recall, "f1": found.f1}

    by_effect = {effect: rates(found) for effect, found in score.by_effect.items()}
    return asdict(score) | {"overall": rates(score.overall), "by_effect": by_effect}


def _print(outcome: Outcome, options: Options) -> None:
    """Print the table, and the figures where asked for; on standard output only one of the two."""
    asked: dict[str, Any] = {"command": options.command}
    if options.command not in {"desk", "pages", "speed"}:
        asked |= {"part": options.part, "limit": options.limit}
    body = json.dumps(asked | {"figures": outcome.figures}, ensure_ascii=False, indent=1)
    title = " ".join(f"{key} {value}" for key, value in asked.items() if value is not None)
    to_stdout = options.json == "-"
    print(f"{title}\n{outcome.table}", file=sys.stderr if to_stdout else sys.stdout)
    if to_stdout:
        print(body)
    elif options.json:
        _write(Path(options.json), body + "\n")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error}); name another file.") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Run sayso over public benchmarks.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    output = argparse.ArgumentParser(add_help=False)
    output.add_argument("--json", metavar="FILE", help="write the figures as JSON too; - for standard output")
    output.add_argument("--limit", type=_at_least_one, metavar="N", help="only the first N reports of each set")

    scored = argparse.ArgumentParser(add_help=False, parents=[output])
    parts = cast("tuple[str, ...]", ("heldout", "dev", "all"))
    scored.add_argument("--part", choices=parts, default="heldout", help="which part of a set (default: heldout)")
    scored.add_argument("--pred", type=Path, metavar="FILE", help="score this `sayso read --format jsonl` output")
    scored.add_argument("--keep", type=Path, metavar="FILE", help="write the program's lines here")
    scored.add_argument("--jobs", type=_at_least_one, default=1, metavar="N", help="processes that read (default: 1)")

    scored.add_argument("--reader", choices=READERS, default="both", help="patterns and heads, or one (default: both)")

    one = commands.add_parser("claims", parents=[scored], help="claims, on folders annotated claim by claim")
    one.add_argument("--gold", dest="input", type=Path, nargs="+", required=True, metavar="DIR")
    one.add_argument("--errors", type=Path, metavar="FILE", help="write each mistake with its words (--part dev)")
    one = commands.add_parser("attributions", parents=[scored], help="who said what, on PolNeAR")
    one.add_argument("--gold", dest="input", type=Path, nargs=1, required=True, metavar="DIR")
    one = commands.add_parser("muc4", parents=[scored], help="killed and injured, on MUC-4")
    one.add_argument("input", type=Path, nargs=1, metavar="DIR")
    one.add_argument("--min", dest="smallest", type=_at_least_one, default=1, metavar="N", help="fewest people")
    for name, what in (("fakes", "first claims, on FA-KES"), ("gva", "main figures, on the gun-violence set")):
        one = commands.add_parser(name, parents=[scored], help=what)
        one.add_argument("input", type=Path, nargs=1, metavar="FILE")
    one = commands.add_parser("incidents", parents=[scored], help="which claims speak of the same event")
    one.add_argument("--gva", type=Path, metavar="FILE", help="the gun-violence set")
    one.add_argument("--fakes", type=Path, metavar="FILE", help="FA-KES")
    one.add_argument("--told", action="store_true", help="our invented set (tests/incident/told)")
    text = "how fast N invented reports are grouped, by a second process too where there are two cores"
    one.add_argument("--many", type=_at_least_one, metavar="N", help=text)
    one.add_argument("--alone", action="store_true", help="--many without the second process")
    one = commands.add_parser("gate", parents=[scored], help="which annotated reports the gates let through")
    one.add_argument("input", type=Path, nargs="+", metavar="DIR")
    one = commands.add_parser("pages", parents=[output], help="main text and fields of web pages, beside trafilatura")
    one.add_argument("input", type=Path, nargs=1, metavar="DIR")
    _add_speed(commands.add_parser("speed", parents=[output], help="reading speed and cold start, copies, archives"))
    one = commands.add_parser("ledger", parents=[output], help="adding claims to a ledger, and asking it")
    one.add_argument("input", type=Path, nargs=1, metavar="DIR")
    text = f"invented claims that are added (default: {speed_ledger.CLAIMS:,})"
    one.add_argument("--claims", type=_at_least_one, default=speed_ledger.CLAIMS, metavar="N", help=text)
    text = "instead: what one report more costs, from the first thousand to N, each with two claims"
    one.add_argument("--reports", type=_at_least_one, metavar="N", help=text)
    one = commands.add_parser("desk", parents=[output], help="the desk over a ledger that is there")
    one.add_argument("input", type=Path, nargs=1, metavar="LEDGER")
    one.add_argument("--users", type=_at_least_one, default=50, metavar="N", help="people at once (default: 50)")
    one = commands.add_parser("agree", help="check our figures against other scorers of the same rules")
    one.add_argument("input", type=Path, nargs=1, metavar="SHARED", help="the folder that holds gold/ and bench/")
    one.add_argument("--seeds", type=_at_least_one, default=3, metavar="N", help="how many random trials")
    return parser


def _add_speed(one: argparse.ArgumentParser) -> None:
    one.add_argument("input", type=Path, nargs="*", metavar="DIR")
    text = f"invented reports that are compared for copies (default: {speed_copies.LARGE}; 0: none)"
    one.add_argument("--copies", type=int, default=speed_copies.LARGE, metavar="N", help=text)
    one.add_argument("--archive", type=_at_least_one, metavar="MB", help="archives of invented pages, up to this size")
    one.add_argument("--pages", type=_at_least_one, metavar="N", help="N large invented pages, most without harm")
    text = "in a hundred of these that tell of people harmed (default: %(default)s; 8 hold a word of harm)"
    one.add_argument("--telling", type=int, default=large_pages.IN_A_HUNDRED, metavar="N", help=text)
    text = "`sayso add` with N processes against one"
    one.add_argument("--jobs", type=_at_least_one, default=1, metavar="N", help=text)
    one.add_argument("--ray", type=_at_least_one, default=0, metavar="N", help="N Ray workers against one and --jobs N")
    one.add_argument("--spacy", type=Path, metavar="PYTHON", help="beside spaCy, which this Python has")
    one.add_argument("--model", default=beside_spacy.MODEL, metavar="NAME", help="its model (default: %(default)s)")
    one.add_argument("--attributions", action="store_true", help="beside spaCy: who said what in whole texts, too")


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
