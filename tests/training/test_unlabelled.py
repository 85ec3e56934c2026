"""Texts for a student: each once, and nothing that is annotated or held out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from training.unlabelled import marks, texts

from bench.heldout import held_out

if TYPE_CHECKING:
    from pathlib import Path

SHELLED = "Nine people were killed when Tarsenik was shelled, the regional health office said."
SHOT = "Two men were shot outside a bakery in Harlan Falls on Sunday, police said."
MINED = "A mine killed three farmers near San Aurelio, the bishop's office reported."
VOTED = "The mayor of Kestrel Bay said the vote would be held in May."
KNOWN = "Four fishermen are missing off Port Selm, the coastguard said on Friday."
APART = "A text that is held out."


def shared(folder: Path) -> Path:
    """Write the four sets as they are laid out, with a held-out text in each and an annotated one in FA-KES."""
    shape = {"location": "", "actor": "", "cause": "", "civilians": 0, "noncivilians": 0, "children": 0, "women": 0}
    fakes = [
        {"doc": name, "text": text, "outlet": "", "date": "2020-01-01", "group": "", "gold": shape}
        for name, text in (("1", SHELLED), ("1", SHELLED), ("2", KNOWN.upper()), (min(held_out("fakes")), APART))
    ]
    docs = [{"id": name, "text": text} for name, text in (("a", SHOT), (min(held_out("gva")), APART))]
    gva = [{"killed": 0, "injured": 2, "city": "", "date": "2020-01-01", "docs": docs}]
    muc4 = [
        {"doc": name, "text": text, "facts": [], "sums": []}
        for name, text in (("m", MINED), (min(held_out("muc4")), APART))
    ]
    lots: dict[str, list[Any]] = {
        "fakes/fakes_dev.jsonl": fakes,
        "gva/gva_train.jsonl": gva,
        "muc4/muc4_dev.jsonl": muc4,
    }
    for name, rows in lots.items():
        path = folder / "bench" / name
        path.parent.mkdir(parents=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for part in ("text", "attributions"):
        (folder / "polnear" / part).mkdir(parents=True)
    for name, text in (("kestrel-bay", VOTED), (min(held_out("polnear")), APART)):
        (folder / "polnear" / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
        for annotator in ("a1", "b2"):
            (folder / "polnear" / "attributions" / f"{name}_{annotator}.ann").write_text("", encoding="utf-8")
    (folder / "gold" / "fakes").mkdir(parents=True)
    (folder / "gold" / "fakes" / "other-name.json").write_text(json.dumps({"text": KNOWN}), encoding="utf-8")
    return folder


def test_every_text_comes_once_and_nothing_annotated_or_held_out(tmp_path: Path) -> None:
    folder = shared(tmp_path)
    read = list(texts(folder / "bench", folder / "gold", folder / "polnear"))
    assert read == [SHELLED, SHOT, MINED, VOTED]


def test_reprints_of_what_is_held_out_are_left_out_too(tmp_path: Path) -> None:
    folder = shared(tmp_path)
    path = folder / "bench" / "muc4" / "muc4_dev.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows.append({**rows[-1], "doc": "reprint", "text": f"  {APART.upper()}"})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert MINED in (read := list(texts(folder / "bench", folder / "gold", folder / "polnear")))
    assert len(read) == 4


LONG = f"{SHELLED} {SHOT} {MINED} {VOTED}"


@pytest.mark.parametrize(
    ("other", "known"),
    [
        (LONG.upper(), True),
        (LONG.replace(" ", "\n"), True),
        (LONG.replace("Nine", "Five"), True),
        (LONG.replace("Harlan", "Kestrel"), False),
        (VOTED, False),
    ],
)
def test_one_report_under_two_names_is_known_again(other: str, known: bool) -> None:  # noqa: FBT001 - the expected
    assert bool(marks(other) & marks(LONG)) == known
