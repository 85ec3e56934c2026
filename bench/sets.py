"""Benchmark sets, read from a folder or file that the user names: reports with what is known of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from bench.heldout import SETS, held_out
from bench.rows import ScoredClaim, Triple, scored_claim
from bench.score_attributions import Annotated
from bench.score_fakes import CLASSES, MainClaim
from bench.score_gva import Registered
from bench.score_muc import Alternative, Key, Keyed
from sayso.problems import UsageError
from sayso.records import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Part = Literal["heldout", "dev", "all"]
GOLD = "gold/"
FBIS = "FBIS"

_Gold = TypeVar("_Gold")
_PIECE = re.compile(r"(\d+) (\d+)")
_NAMED = re.compile(r"(?P<outlet>[^_]+)_(?P<published>\d{4}-\d{2}-\d{2})_")


@dataclass(frozen=True, slots=True)
class Item(Generic[_Gold]):
    """One report and what is known of it."""

    report: Report
    gold: _Gold


@dataclass(frozen=True, slots=True)
class Set(Generic[_Gold]):
    """A named set of reports.

    Attributes:
        name: What tables call it.
        kept_in: The list of ``heldout.json`` that says which of its reports are held out, None where no list does.
        items: Its reports, in the order of the folder or file.
    """

    name: str
    kept_in: str | None
    items: tuple[Item[_Gold], ...]


def cut(whole: Set[_Gold], part: Part, limit: int | None = None) -> Set[_Gold]:
    """Return one part of a set.

    Args:
        whole: The set as read.
        part: ``heldout``, ``dev`` (the rest) or ``all``.
        limit: How many reports to keep, the first ones; None for all.

    Raises:
        UsageError: Nobody said which reports of this set are held out, or the part is empty.
    """
    items = whole.items
    if part != "all":
        if whole.kept_in is None:
            raise UsageError(f"bench/heldout.json has no list for {whole.name}; score the whole of it with --part all.")
        kept = held_out(whole.kept_in)
        items = tuple(item for item in items if (item.report.id in kept) == (part == "heldout"))
    if not items:
        raise UsageError(f"{whole.name} holds no report of the part `{part}`; give the whole set, or another --part.")
    return replace(whole, items=items[:limit])


def claim_set(folder: Path) -> Set[tuple[ScoredClaim, ...]]:
    """Read a folder of reports annotated claim by claim, one JSON file each; its name tells the held-out list."""
    rows = ((path, _object(path)) for path in _files(folder, "reports annotated claim by claim", "*.json"))
    items = tuple(_item(str(path), row, _annotated_claims) for path, row in rows)
    name = GOLD + folder.resolve().name
    return Set(name, name if name in SETS else None, items)


def attribution_set(folder: Path) -> Set[Annotated]:
    """Read PolNeAR: ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann``; the first annotator's triples count."""
    annotators: dict[str, Path] = {}
    for path in _files(folder / "attributions", "PolNeAR annotations", "*.ann"):
        annotators.setdefault(path.stem.rpartition("_")[0], path)
    items = []
    for path in _files(folder / "text", "PolNeAR texts", "*.txt"):
        if path.stem not in annotators:
            raise UsageError(f"{folder} has no annotation of {path.name}; give a complete copy of the set.")
        text = _text(path)
        triples, discarded = _standoff(_text(annotators[path.stem]))
        named = _NAMED.match(path.stem)
        outlet, published = (named["outlet"], named["published"]) if named else (None, None)
        report = Report(path.stem, text, language="en", outlet=outlet, published=published)
        items.append(Item(report, Annotated(text, triples, discarded)))
    return Set("polnear", "polnear", tuple(items))


def muc_sets(folder: Path) -> list[Set[Key]]:
    """Read the MUC-4 files of a folder, one set a file."""
    return [
        Set(path.stem, "muc4", tuple(_item(where, row | {"outlet": FBIS}, _key) for where, row in _rows(path)))
        for path in _files(folder, "MUC-4 keys (muc4_*.jsonl)", "muc4_*.jsonl")
    ]


def fakes_set(path: Path) -> Set[MainClaim]:
    """Read FA-KES from its file of JSON lines; a report with several records stays several items of one id."""
    return Set(path.stem, "fakes", tuple(_item(where, row, _main_claim) for where, row in _rows(path)))


def gva_set(path: Path) -> Set[Registered]:
    """Read the gun-violence set from its file of JSON lines, one item a report."""
    incidents = [(where, row) for where, row in _rows(path)]
    try:
        reports = [(where, row, doc) for where, row in incidents for doc in row["docs"]]
        items = tuple(_item(where, {**doc, **_tolls(row)}, _registered) for where, row, doc in reports)
    except (KeyError, TypeError) as error:
        raise UsageError(f"{path} is not the gun-violence set ({error}); give gva_dev.jsonl or the like.") from error
    return Set(path.stem, "gva", items)


def plain_reports(folder: Path) -> list[Report]:
    """Read a folder of annotated reports (JSON) or plain texts as reports to time the program on."""
    files = _files(folder, "reports (.json or .txt)", "*.json", "*.txt")
    return [
        _item(str(path), _object(path), lambda _: None).report
        if path.suffix == ".json"
        else Report(path.stem, _text(path), language="en")
        for path in files
    ]


def _item(where: str, row: Mapping[str, Any], gold: Any) -> Item[Any]:  # noqa: ANN401 - a row's gold has any shape
    try:
        report = Report(
            id=row["id"] if "id" in row else row["doc"],
            text=row["text"],
            title=row.get("title"),
            url=row.get("url"),
            outlet=row.get("outlet"),
            published=row.get("published") or row.get("dct") or row.get("date"),
            language="en",
        )
        return Item(report, gold(row))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(
            f"{where} is not a report of this set ({type(error).__name__}: {error}); give another folder or file."
        ) from error


def _annotated_claims(row: Mapping[str, Any]) -> tuple[ScoredClaim, ...]:
    return tuple(scored_claim(claim) for claim in row["claims"])


def _main_claim(row: Mapping[str, Any]) -> MainClaim:
    return MainClaim(
        {name: row["gold"][name] for name in CLASSES}, row["group"], row["outlet"], row["gold"]["location"]
    )


def _tolls(row: Mapping[str, Any]) -> dict[str, Any]:
    told = {
        "killed": row["killed"],
        "injured": row["injured"],
        "city": row["city"],
        "incident": row.get("incident", ""),
    }
    return told | {"day": row.get("date")}


def _registered(row: Mapping[str, Any]) -> Registered:
    day = date.fromisoformat(row["day"]) if row["day"] else None
    return Registered(row["killed"], row["injured"], day, row["city"], row["incident"])


def _key(row: Mapping[str, Any]) -> Key:
    return Key(tuple(map(_keyed, row["facts"])), tuple(map(_keyed, row["sums"])))


def _keyed(row: Mapping[str, Any]) -> Keyed:
    return Keyed(
        effect=row["effect"],
        alternatives=tuple(Alternative(low, high, bool(approximate)) for low, high, approximate in row["alts"] or ()),
        low=row.get("low"),
        high=row.get("high"),
        plural=bool(row.get("plural")),
        optional=bool(row.get("optional")),
    )


def _standoff(annotation: str) -> tuple[tuple[Triple, ...], tuple[tuple[int, int], ...]]:
    """Read brat stand-off: a `T` line is a span, an `E` line an event whose arguments name spans.

    Several contents of an event are one broken-up content. Lines of any other shape are passed over, since some
    files hold stray text.
    """
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    events: list[str] = []
    discarded: list[tuple[int, int]] = []
    for name, _, rest in (line.partition("\t") for line in annotation.split("\n")):
        label = rest.partition("\t")[0]
        if name.startswith("T") and rest:
            spans[name] = tuple((int(start), int(end)) for start, end in _PIECE.findall(label.partition(" ")[2]))
            if label.startswith("Discard "):
                discarded += spans[name]
        elif name.startswith("E"):
            events.append(label)
    return tuple(_triple(event, spans) for event in events), tuple(discarded)


def _triple(event: str, spans: Mapping[str, tuple[tuple[int, int], ...]]) -> Triple:
    found: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
    for argument in event.split():
        role, _, name = argument.partition(":")
        found.get(role.rstrip("0123456789").lower(), []).extend(spans.get(name, ()))
    return Triple(*(tuple(sorted(pieces)) for pieces in found.values()))


def _files(folder: Path, what: str, *patterns: str) -> list[Path]:
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; name the folder that holds {what}.")
    found = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    if not found:
        raise UsageError(f"{folder} holds no {what}; name the folder that does.")
    return found


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if not path.is_file():
        raise UsageError(f"{path} is not a file; name a file of JSON lines.")
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            yield f"{path}:{number}", _parsed(line, f"{path}:{number}")


def _object(path: Path) -> dict[str, Any]:
    return _parsed(_text(path), str(path))


def _parsed(text: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where} is not JSON ({error}); give another folder or file.") from error
    if not isinstance(row, dict):
        raise UsageError(f"{where} is not a JSON object; give another folder or file.")
    return row


def _text(path: Path) -> str:
    """Read a file as UTF-8 exactly as it is, since offsets count every character."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}); give another folder or file.") from error


def same_ids(items: Iterable[Item[Any]]) -> dict[str, Report]:
    """Return each report once by id.

    Raises:
        UsageError: Two different texts carry one id.
    """
    reports: dict[str, Report] = {}
    for item in items:
        known = reports.setdefault(item.report.id, item.report)
        if known.text_sha256 != item.report.text_sha256:
            raise UsageError(f"Two different texts have the id {item.report.id}; score these sets one at a time.")
    return reports
