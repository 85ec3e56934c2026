"""Annotations of reports that are not ours to pass on: where each claim stands, without a word of the report.

The rows of ``training/standoff/*.jsonl`` name a report of the public sets by its id and the digest of its text; a claim
says from which character to which its words stand and those of its slots, and what they mean. `annotated` reads them
against the folder of the sets, which everyone has to get for themselves, and gives reports in the shape of the gold.

``python -m training.standoff --bench FOLDER --notes FILE... --out FILE`` makes such rows from an annotator's notes: a
line ``=== id`` for each report, then, a line a claim in the order of the text, the counting words as the report has
them (`` #2`` behind them for the second place where they stand), a bar, and the marks of `training.markup`. Lines that
begin with ``@`` hold what claims share, as there.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import sets
from bench.heldout import SETS, held_out
from training.markup import MarkupError, marked_claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sayso.records import Report

    Row = dict[str, Any]

SLOTS = ("source", "victims", "perpetrator", "means", "place")
MEANT = ("harm", "kind", "low", "high", "qualifier", "stance", "status", "scope", "country", "date_from", "date_to")
_COUNTED_OFF = re.compile(r" #(\d+)$")


class StandoffError(ValueError):
    """Notes or rows do not fit the reports; the message names the report and the words."""


def annotated(folder: Path, bench: Path) -> Iterator[Row]:
    """Yield the annotated reports in the shape of the gold, their texts from the public sets.

    Words of a slot that the report does not have as they are written are in the claim's ``unknown``.

    Raises:
        StandoffError: A report is not there, or its text is another than the one that was annotated.
    """
    found = open_reports(bench)
    for file in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            report = found.get(row["id"])
            if report is None or report.text_sha256 != row["text_sha256"]:
                raise StandoffError(f"{file.name}: {bench} does not hold {row['id']} as it was annotated")
            yield {**_told(report), "claims": [_whole(claim, report.text) for claim in row["claims"]]}


def open_reports(bench: Path) -> dict[str, Report]:
    """Return the reports of the sets that may be annotated and read by people: nothing of what is held out.

    FA-KES, the gun-violence set (train), MUC-4 (all but the part that is measured, TST2) and PolNeAR.
    """
    lots: tuple[tuple[sets.Item[Any], ...], ...] = (
        sets.fakes_set(bench / "fakes" / "fakes_dev.jsonl").items,
        sets.gva_set(bench / "gva" / "gva_train.jsonl").items,
        *(one.items for one in sets.muc_sets(bench / "muc4") if not one.name.endswith("tst2")),
        sets.attribution_set(bench / "polnear" / "train").items,
    )
    apart = frozenset().union(*map(held_out, SETS))
    return {item.report.id: item.report for items in lots for item in items if item.report.id not in apart}


def noted(file: Path, found: Mapping[str, Report]) -> Iterator[Row]:
    """Yield the reports of an annotator's notes in the shape of the gold.

    Raises:
        StandoffError: A report is not among those that may be annotated, or a claim's words are not in it.
    """
    for block in re.split(r"(?m)^=== ", file.read_text(encoding="utf-8"))[1:]:
        head, *lines = block.splitlines()
        name = head.split("|")[0].strip()
        if name not in found:
            raise StandoffError(f"{file.name}: {name} is not a report that may be annotated")
        report = _told(found[name])
        text = report["text"]
        shared = dict(line[1:].partition(" ")[::2] for line in lines if line.startswith("@"))
        claims: list[Row] = []
        for line in lines:
            words, bar, told = line.partition("|")
            if bar and not line.startswith("@"):
                at = _stands(words.rstrip(), text, claims[-1]["start"] if claims else 0)
                if at is None:
                    raise StandoffError(f"{file.name}: {name} does not have the words {words.strip()!r}")
                try:
                    claims.append(marked_claim(text[slice(*at)], at[0], told, shared, report["published"]))
                except (KeyError, ValueError) as error:
                    raise MarkupError(f"{file.name}: {name}: {line!r} cannot be read ({error})") from error
        yield {**report, "claims": claims}


def set_off(report: Mapping[str, Any]) -> Row:
    """Return an annotated report as a row without a word of its text."""
    text = report["text"]
    return {
        "id": report["id"],
        "text_sha256": report["text_sha256"],
        "claims": [_bare(claim, text) for claim in report["claims"]],
    }


def _bare(claim: Row, text: str) -> Row:
    bare: Row = {"at": [claim["start"], claim["end"]], **{name: claim[name] for name in MEANT}}
    for slot in SLOTS:
        if claim[slot]:
            bare[slot] = _nearest(claim[slot], claim, text)
    if claim["via"]:
        bare["via"] = [_nearest(words, claim, text) for words in claim["via"]]
    return bare


def _whole(bare: Row, text: str) -> Row:
    """Return a claim with its words; what could not be set off is unknown."""
    start, end = bare["at"]
    claim: Row = {"text": text[start:end], "start": start, "end": end, **{name: bare[name] for name in MEANT}}
    claim |= {slot: text[slice(*bare[slot])] if bare.get(slot) else None for slot in SLOTS}
    via = bare.get("via", [])
    claim["via"] = [text[slice(*at)] for at in via if at]
    unknown = [slot for slot in SLOTS if slot in bare and bare[slot] is None]
    return claim | {"unknown": unknown + ["via"] * (None in via)}


def _nearest(words: str, claim: Mapping[str, Any], text: str) -> list[int] | None:
    """Return where words stand nearest to a claim, None where the report has them in no such form."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    spots = [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]
    nearest = min(spots, key=lambda at: max(0, at[0] - claim["end"], claim["start"] - at[1]), default=None)
    return list(nearest) if nearest else None


def _stands(words: str, text: str, behind: int) -> tuple[int, int] | None:
    """Return where the words of a note stand: at the place counted off, else the first from the last claim on."""
    number = _COUNTED_OFF.search(words)
    plain = _COUNTED_OFF.sub("", words)
    pattern = r"\s+".join(map(re.escape, plain.split()))
    spots = [found.span() for found in re.finditer(pattern, text)]
    if number:
        return spots[int(number[1]) - 1] if int(number[1]) <= len(spots) else None
    return next((at for at in spots if at[0] >= behind), spots[0] if spots else None)


def _told(report: Report) -> Row:
    told = {name: getattr(report, name) for name in ("id", "outlet", "text", "text_sha256")}
    return told | {"published": str(report.published)[:10]}


def main() -> None:
    """Read the command line and write the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--notes", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    found = open_reports(options.bench)
    rows = [set_off(report) for file in options.notes for report in noted(file, found)]
    claims = [claim for row in rows for claim in row["claims"]]
    lost = sum(claim.get(slot, 0) is None for claim in claims for slot in SLOTS)
    options.out.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    sys.stdout.write(f"{len(rows)} reports, {len(claims)} claims; {lost} slots not in the report's words\n")


if __name__ == "__main__":
    main()
