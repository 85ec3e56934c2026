"""Annotated claims as labels: on the right pieces, one for each count expression, silent where nothing is known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tokenizers import Tokenizer
from training.claims import Labelled, Window, layer, reports, windows
from training.roles import COUNTED, FACETS, STANCES, TIED
from training.windows import BEGIN, IGNORED, INSIDE

from bench.heldout import held_out
from sayso.encoder import SHIPPED
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Claim = dict[str, Any]

TEXT = (
    "The mayor of Kestrel Bay said two nurses and Ilan Moss died in a fire. "
    "The guild denied that two nurses died. "
    "A doctor spoke of five wounded porters."
)
COUNTS = COUNTED.index("counted")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))


def claim(words: str, harm: str = "killed", *, after: str = "", text: str = TEXT, **said: object) -> Claim:
    """Annotate words, where they stand first behind others."""
    start = text.index(words, text.index(after))
    known = {"kind": "count", "stance": "asserts", "scope": "incident", "status": "unknown"}
    return {"text": words, "start": start, "end": start + len(words), "harm": harm, **known, **said}


def labelled(tokenizer: Tokenizer, *claims: Claim, text: str = TEXT, skip: int = 0) -> Window:
    (window,) = windows({"text": text, "claims": list(claims)}, tokenizer, skip)
    return window


def only(window: Window) -> Labelled:
    (label,) = window.claims
    return label


def runs(window: Window, tokenizer: Tokenizer, number: int = COUNTS) -> list[str]:
    """Return the count expressions of a layer as its tags have them."""
    found: list[list[int]] = []
    for piece, tag in zip(window.ids.tolist(), window.tags[:, number].tolist(), strict=True):
        if tag == BEGIN:
            found.append([])
        if tag in {BEGIN, INSIDE}:
            found[-1].append(piece)
    return [tokenizer.decode(run) for run in found]


def ignored(window: Window, tokenizer: Tokenizer, number: int = COUNTS) -> str:
    return str(tokenizer.decode(window.ids[1:-1][window.tags[1:-1, number] == IGNORED].tolist()))


def tied(window: Window, tokenizer: Tokenizer, role: str, number: int = 0) -> str | None:
    """Return the words of a role; None where they are unknown."""
    places = window.claims[number].tied[TIED.index(role)]
    return None if places is None else str(tokenizer.decode(window.ids[places].tolist()))


def named(values: tuple[str, ...], flags: NDArray[np.float32] | None) -> set[str] | None:
    return None if flags is None else {value for value, flag in zip(values, flags.tolist(), strict=True) if flag}


def test_tags_sit_on_the_pieces_of_each_layer(tokenizer: Tokenizer) -> None:
    window = labelled(tokenizer, claim("two nurses"), claim("Ilan Moss", kind="individual"), claim("five"))
    assert runs(window, tokenizer) == ["two nurses", "five"]
    assert runs(window, tokenizer, COUNTED.index("single")) == ["ilan moss"]
    assert set(window.tags[[0, -1]].flat) == {IGNORED}
    assert tokenizer.decode(window.ids.tolist(), skip_special_tokens=True) == TEXT.lower()
    assert [tokenizer.decode(window.ids[one.at[0] : one.at[1] + 1].tolist()) for one in window.claims] == [
        "two nurses",
        "ilan moss",
        "five",
    ]
    assert [COUNTED[one.layer] for one in window.claims] == ["counted", "single", "counted"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("individual", "single"), ("count", "counted"), ("vague", "counted"), ("zero", "counted")]
)
def test_only_single_people_have_a_layer_of_their_own(kind: str, expected: str) -> None:
    assert COUNTED[layer({"kind": kind})] == expected


def test_spans_that_lie_side_by_side_begin_anew(tokenizer: Tokenizer) -> None:
    assert runs(labelled(tokenizer, claim("two"), claim("nurses")), tokenizer) == ["two", "nurses"]


def test_of_spans_that_overlap_the_longest_is_tagged_and_all_are_labelled(tokenizer: Tokenizer) -> None:
    window = labelled(tokenizer, claim("five"), claim("five wounded porters", "injured"))
    assert runs(window, tokenizer) == ["five wounded porters"]
    assert [named(HARMS, one.harms) for one in window.claims] == [{"killed"}, {"injured"}]


def test_claims_on_the_same_words_share_a_label(tokenizer: Tokenizer) -> None:
    window = labelled(
        tokenizer,
        claim("two nurses", "killed", source="The mayor of Kestrel Bay", scope="cumulative", status="civilian"),
        claim("two nurses", "injured", source="The guild", stance="denies"),
    )
    label = only(window)
    assert named(HARMS, label.harms) == {"killed", "injured"}
    assert named(STANCES, label.stances) == {"asserts", "denies"}
    assert [FACETS[name][value] for name, value in zip(FACETS, label.facets, strict=True)] == ["cumulative", "civilian"]
    assert runs(window, tokenizer) == ["two nurses"]


def test_the_same_figure_elsewhere_has_a_label_of_its_own(tokenizer: Tokenizer) -> None:
    window = labelled(tokenizer, claim("two nurses"), claim("two nurses", after="The guild", stance="denies"))
    assert runs(window, tokenizer) == ["two nurses", "two nurses"]
    assert [named(STANCES, one.stances) for one in window.claims] == [{"asserts"}, {"denies"}]


def test_who_asserts_is_the_source_and_who_denies_the_rejecter(tokenizer: Tokenizer) -> None:
    asserted = claim("two nurses", source="The mayor of Kestrel Bay", means="fire")
    denied = claim("two nurses", source="The guild", stance="denies", means="guild")
    for claims in ((asserted, denied), (denied, asserted)):
        window = labelled(tokenizer, *claims)
        assert tied(window, tokenizer, "source") == "the mayor of kestrel bay"
        assert tied(window, tokenizer, "rejecter") == "the guild"
        assert tied(window, tokenizer, "means") == "fire"


def test_what_is_only_asserted_has_no_rejecter(tokenizer: Tokenizer) -> None:
    window = labelled(tokenizer, claim("two nurses", source="The mayor"))
    assert (tied(window, tokenizer, "source"), tied(window, tokenizer, "rejecter")) == ("the mayor", "")


@pytest.mark.parametrize("stance", ["denies", "doubts"])
def test_who_asserts_what_is_only_rejected_is_unknown(tokenizer: Tokenizer, stance: str) -> None:
    window = labelled(tokenizer, claim("two nurses", source="The guild", stance=stance, victims="nurses"))
    assert (tied(window, tokenizer, "source"), tied(window, tokenizer, "rejecter")) == (None, "the guild")
    assert tied(window, tokenizer, "victims") == "nurses"


def test_a_role_may_have_no_words_or_several(tokenizer: Tokenizer) -> None:
    window = labelled(tokenizer, claim("two nurses", source=None, via=["The guild", "A doctor"], place=""))
    assert [tied(window, tokenizer, role) for role in ("source", "place", "means")] == ["", "", ""]
    assert tied(window, tokenizer, "via") == "the guild a doctor"


def test_what_is_marked_unknown_is_not_taught(tokenizer: Tokenizer) -> None:
    window = labelled(tokenizer, claim("two nurses", source="The mayor", means="fire", unknown=["source", "stance"]))
    assert (tied(window, tokenizer, "source"), tied(window, tokenizer, "means")) == (None, "fire")
    assert only(window).stances is None


def test_a_value_that_is_not_given_is_not_taught(tokenizer: Tokenizer) -> None:
    bare: Claim = {key: value for key, value in claim("five").items() if key not in {*FACETS, "stance"}}
    label = only(labelled(tokenizer, bare | {"status": "police"}))
    assert label.facets == (IGNORED,) * len(FACETS)
    assert named(STANCES, label.stances) == {"asserts"}


def test_words_that_stand_twice_are_taken_where_they_are_nearest(tokenizer: Tokenizer) -> None:
    text = "The guild met. The owner told the guild that nine miners died and the guild wept, she told the\nguild."
    for words, expected in {"nine miners": 1, "wept": 2, "she": 3}.items():
        window = labelled(tokenizer, claim(words, text=text, source="the guild"), text=text)
        guilds = (window.ids == tokenizer.token_to_id("guild")).nonzero()[0].tolist()
        places = only(window).tied[TIED.index("source")]
        assert places is not None
        assert places.tolist()[-1] == guilds[expected]


def test_words_are_found_across_a_line_break_and_whatever_their_case(tokenizer: Tokenizer) -> None:
    text = "Nine miners died, the owner of the Vell\nmine said in a long letter to the council of the town on Monday."
    window = labelled(tokenizer, claim("Nine miners", text=text, source="The owner of the Vell mine"), text=text)
    assert tied(window, tokenizer, "source") == "the owner of the vell mine"


@pytest.mark.parametrize("mark", ["unsure", "optional"])
def test_what_is_unsure_or_optional_is_passed_over(tokenizer: Tokenizer, mark: str) -> None:
    window = labelled(tokenizer, claim("two nurses"), claim("five wounded porters", "injured") | {mark: True})
    assert runs(window, tokenizer) == ["two nurses"]
    assert [ignored(window, tokenizer, number) for number in range(len(COUNTED))] == ["five wounded porters"] * 2
    assert named(HARMS, only(window).harms) == {"killed"}


def test_an_unsure_claim_on_sure_words_silences_their_tags_but_not_the_claim(tokenizer: Tokenizer) -> None:
    window = labelled(tokenizer, claim("two nurses"), claim("nurses", unsure=True))
    assert ignored(window, tokenizer) == "nurses"
    assert named(HARMS, only(window).harms) == {"killed"}


def test_words_that_are_not_in_the_window_are_unknown(tokenizer: Tokenizer) -> None:
    filler = " ".join(
        f"The council of ward {n} met again and spoke for hours of the price of bread." for n in range(30)
    )
    text = f"Oren Vale spoke. {filler} Nine miners died, the union said."
    one = claim("Nine miners", text=text, source="the union", place="Oren Vale", means="no such words")
    found = [w for w in windows({"text": text, "claims": [one]}, tokenizer) if w.claims]
    assert len(found) == 1
    assert [tied(found[0], tokenizer, role) for role in ("source", "place", "means")] == ["the union", None, None]
    assert runs(found[0], tokenizer) == ["nine miners"]


def test_every_window_that_holds_a_claim_labels_it_the_same(tokenizer: Tokenizer) -> None:
    filler = " ".join(
        f"The council of ward {n} met again and spoke for hours of the price of bread." for n in range(30)
    )
    first, *rest = (text := f"{filler} Nine miners died. {filler}").partition("Nine miners")
    assert rest[0] == "Nine miners"
    for skip in range(8):
        found = list(windows({"text": text, "claims": [claim("Nine miners", text=text)]}, tokenizer, skip))
        holding = [w for w in found if runs(w, tokenizer)]
        assert holding
        assert {len(w.claims) for w in holding} == {1}
        assert all(
            tokenizer.decode(w.ids[only(w).at[0] : only(w).at[1] + 1].tolist()) == "nine miners" for w in holding
        )
    assert first.strip() == filler


def test_windows_may_leave_out_sentences_at_the_front(tokenizer: Tokenizer) -> None:
    claims = (
        claim("Ilan Moss", kind="individual"),
        claim("two nurses", after="The guild", source="The mayor of Kestrel Bay", place="Kestrel Bay"),
        claim("five", source="A doctor"),
    )
    window = labelled(tokenizer, *claims, skip=1)
    assert tokenizer.decode(window.ids.tolist()[1:-1]) == TEXT[TEXT.index("The guild") :].lower()
    assert runs(window, tokenizer) == ["two nurses", "five"]
    assert runs(window, tokenizer, COUNTED.index("single")) == []
    assert [tied(window, tokenizer, "source", number) for number in range(2)] == [None, "a doctor"]


def test_the_last_two_sentences_are_never_left_out(tokenizer: Tokenizer) -> None:
    for skip in (1, 2, 9):
        assert runs(labelled(tokenizer, claim("five"), skip=skip), tokenizer) == ["five"]
        assert labelled(tokenizer, skip=skip).ids.tolist() == labelled(tokenizer, skip=1).ids.tolist()
    assert runs(labelled(tokenizer, claim("five", text="Then five died."), text="Then five died.", skip=3), tokenizer)


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_a_report_without_words_has_no_windows(tokenizer: Tokenizer, text: str) -> None:
    assert list(windows({"text": text, "claims": []}, tokenizer, 1)) == []


def test_the_held_out_reports_are_kept_apart(tmp_path: Path) -> None:
    kept_apart = min(held_out("gold/muc4"))
    (tmp_path / "muc4").mkdir()
    for name in ("kestrel-bay", kept_apart):
        row: Mapping[str, Any] = {"id": name, "text": TEXT, "claims": []}
        (tmp_path / "muc4" / f"{name}.json").write_text(json.dumps(row), encoding="utf-8")
    assert [(one["id"], one["set"]) for one in reports(tmp_path)] == [("kestrel-bay", "muc4")]
    assert [(one["id"], one["set"]) for one in reports(tmp_path, part="heldout")] == [(kept_apart, "muc4")]
