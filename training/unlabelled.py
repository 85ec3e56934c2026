"""Texts that nobody annotated, for a student to read as its teacher does; nothing of what is held out is among them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bench import sets
from bench.heldout import SETS, held_out
from training.parts import tuning_part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def texts(bench: Path, gold: Path, polnear: Path) -> Iterator[str]:
    """Yield the texts of the development parts that are not annotated with claims, each once.

    A set holds reprints, so a text that begins as a held-out one is left out under whatever name it comes.

    Args:
        bench: Holds ``fakes/``, ``gva/`` and ``muc4/``.
        gold: Holds the annotated reports, which are left out whatever set they come from.
        polnear: The training part of PolNeAR; its tenth for choosing settings is left out.
    """
    lots = (
        sets.fakes_set(bench / "fakes" / "fakes_dev.jsonl").items,
        sets.gva_set(bench / "gva" / "gva_train.jsonl").items,
        next(one for one in sets.muc_sets(bench / "muc4") if one.name.endswith("dev")).items,
        sets.attribution_set(polnear).items,
    )
    annotated = {path.stem: json.loads(path.read_text(encoding="utf-8"))["text"] for path in gold.glob("*/*.json")}
    apart = frozenset().union(annotated, *map(held_out, SETS))
    found = [item.report for items in lots for item in items if not (items is lots[-1] and tuning_part(item.report.id))]
    seen = {mark for text in annotated.values() for mark in marks(text)}
    seen |= {mark for report in found if report.id in apart for mark in marks(report.text)}
    for report in found:
        if report.id not in apart and not seen & marks(report.text):
            seen |= marks(report.text)
            yield report.text


def marks(text: str) -> set[str]:
    """Return by what a text is known again in another layout: its beginning, and a little of what follows a head."""
    squeezed = "".join(text.split()).lower()
    return {squeezed[:400]} | ({squeezed[100:200]} if len(squeezed) >= 200 else set())
