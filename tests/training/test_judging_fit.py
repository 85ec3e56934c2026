"""The fits behind the judge: they find what the evidence says, and give the rules a share less."""

from __future__ import annotations

import numpy as np
import pytest
from training.parts import tuning_fifth, tuning_part
from training.tune_judging import RULED, RULED_OF_NONE, Kept, logistic, main, misled, softmax

from sayso.encoder import Encoder


def test_a_logistic_fit_finds_which_evidence_tells() -> None:
    rng = np.random.default_rng(5)
    shown = rng.normal(size=(400, 2))
    rows = [((1.0, float(a), float(b)), float(a > 0), 1.0) for a, b in shown]
    constant, telling, idle = logistic(rows)
    assert telling > 2
    assert abs(idle) < 0.5
    assert abs(constant) < 0.5


def test_rows_of_no_share_have_no_say() -> None:
    rows = [((1.0, 1.0), 1.0, 1.0), ((1.0, -1.0), 0.0, 1.0)]
    assert logistic([*rows, ((1.0, 1.0), 0.0, 0.0)]) == pytest.approx(logistic(rows))


def test_a_choice_is_learned_from_what_marks_the_right_option() -> None:
    marked = np.zeros((3, 12))
    marked[1, 5] = 1.0
    right = np.array([0.0, 1.0, 0.0])
    weights = softmax([((marked, right), 1.0)] * 5)
    assert weights[5] == max(weights) > 0


def test_the_rules_word_is_turned_against_another_option() -> None:
    shown = np.zeros((3, 12))
    shown[0, 0] = 1.0
    shown[2, RULED] = 1.0
    turned = misled(shown)
    assert turned[2, RULED] == 0
    assert turned[0, RULED_OF_NONE] == 1
    assert turned.sum() == shown.sum()


def test_a_tenth_and_a_fifth_are_kept_from_training() -> None:
    names = [f"text-{n}" for n in range(3000)]
    assert 0.08 < sum(map(tuning_part, names)) / 3000 < 0.12
    assert 0.16 < sum(map(tuning_fifth, names)) / 3000 < 0.22


def test_what_an_annotation_does_not_know_is_not_learned() -> None:
    text = "ORLEN - A shell killed three farmers in the village of Tamrit on Monday, the mayor said."
    start = text.index("three farmers")
    slots = {"source": "the mayor", "victims": "farmers", "perpetrator": None, "means": "shell", "place": "Tamrit"}
    meant = {"harm": "killed", "kind": "count", "low": 3, "high": 3, "stance": "asserts"}
    claim = {"start": start, "end": start + len("three farmers"), **meant, **slots}
    report = {"id": "one", "text": text, "outlet": None, "published": "2020-03-04"}
    known = Kept(Encoder(), {**report, "claims": [claim]})
    open_ = Kept(Encoder(), {**report, "claims": [{**claim, "place": None, "unknown": ["place"]}]})
    assert list(known.choices("place"))
    assert not list(open_.choices("place"))
    assert len(list(open_.choices("means"))) == len(list(known.choices("means"))) > 0


def test_set_off_annotations_need_the_sets_they_were_set_off_from(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--standoff", "rows", "--own", "own", "--written", "written", "--model", "model"]
    monkeypatch.setattr("sys.argv", ["tune_judging", *given])
    with pytest.raises(SystemExit):
        main()
    assert "--standoff and --bench together" in capsys.readouterr().err
