"""Pointing from a claim to its source: who speaks in a report, what speaks for each, and the vectors of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sayso.claim import claim_tagger
from sayso.claim.accounts import EVIDENCE, Accounts
from sayso.claim.assemble import Assembly
from sayso.claim.heads import TIE_WIDTH, TIED
from sayso.claim.judging import ROLE_EVIDENCE, Option
from sayso.claim.pointing import SINGLES, Pointer, Pointing
from sayso.claim.sentences import split
from sayso.encoder import Encoder
from sayso.records import Report
from tests.claim.claim_figures import pieced, read, spot

if TYPE_CHECKING:
    from sayso.claim.heads import Heads
    from sayso.claim.propose import Proposed
    from sayso.records import Span

TEXT = (
    "The harbour office spoke first. Nine miners died near Karsk.\n\n"
    "Two more were found later, the union said. The harbour office fell silent. Rain fell."
)
FIGURES = 2 * len(TIED) * TIE_WIDTH
WIDTH = 2


def assembled(text: str = TEXT) -> tuple[Assembly, Proposed]:
    sentences = split(text)
    proposals = claim_tagger.shipped().propose(text, sentences, "en")
    assembly = Assembly(Report("r", text), sentences, proposals, "en")
    return assembly, assembly.proposed[0]


def speakers(near: tuple[Option, ...] = ()) -> dict[str | None, tuple[float, ...]]:
    """List the options for the miners, with what speaks for each beside the judge's evidence."""
    assembly, proposed = assembled()
    known = Accounts(
        TEXT,
        assembly.sentences,
        ruled=[spot(TEXT, "The harbour office"), spot(TEXT, "the union")],
        tied=[spot(TEXT, "The harbour office")],
        called=lambda span: span,
        headed=False,
    )
    among = known.options(proposed, assembly.count(proposed), near, (1.0,) * ROLE_EVIDENCE, lambda span: span)
    assert all(len(one.evidence) == EVIDENCE for one in among)
    return {None if one.span is None else one.span.of(TEXT): one.evidence[ROLE_EVIDENCE:] for one in among}


def test_all_who_speak_anywhere_in_the_report_may_be_the_source_and_so_may_the_report() -> None:
    assert list(speakers()) == [None, "The harbour office", "the union"]


def test_what_speaks_for_a_speaker_tells_where_their_words_stand() -> None:
    found = speakers()
    office, union = found["The harbour office"], found["the union"]
    none = found[None]
    assert none[:4] == (0.0, 0.0, -3.0, 1.0)
    assert set(none[13:]) == {0.0}
    assert set(office[3:13]) == {0.0}
    standing = dict(zip(("unjudged", "same", "before", "behind"), office[13:17], strict=True))
    assert standing == {"unjudged": 1.0, "same": 0.0, "before": 1.0, "behind": 0.0}
    assert union[16] == 1.0  # the sentence behind
    assert (office[24], office[25]) == (1.0, 1.0)  # patterns and heads both know them
    assert (union[24], union[25]) == (1.0, 0.0)


def test_what_the_judge_says_of_those_it_considers_goes_along() -> None:
    assembly, proposed = assembled()
    near = (
        Option(None, (1.0, *(0.0,) * 11)),
        Option(spot(TEXT, "the union"), (0.0, 3.0, *(0.0,) * 10)),
    )
    found = speakers(near)
    assert found[None][:3] == (1.0, 1.0, -2.0)
    assert found["the union"][:3] == (3.0, 1.0, 0.0)
    assert found["The harbour office"][:3] == (0.0, 0.0, -3.0)
    assert assembly.count(proposed).of(TEXT).startswith("Nine")


def said(skip: int = 0) -> Heads:
    """Make heads whose figures of a piece are a one, in a column of its own for each word."""
    pieces = pieced(TEXT, skip)
    n = len(pieces.ids)
    ties = np.zeros((n, FIGURES), dtype=np.float32)
    ties[np.arange(n), np.arange(n)] = 1.0
    whole = {
        "claim_tags": np.zeros((n, 6), dtype=np.float32),
        "claim_means": np.zeros((n, 16), dtype=np.float32),
        "claim_ties": ties,
    }
    return read(pieces, whole, (), TEXT)


def pointer(found: Heads, **columns: dict[str, float]) -> Pointer:
    """Make a pointer for which words have figures in some columns: `count`, `words`, `speaker`, `own`."""
    at = {"count": 0, "sentence": WIDTH, "words": 2 * WIDTH, "speaker": 3 * WIDTH, "own": 3 * WIDTH + 1}
    projection = np.zeros((FIGURES + 1, 3 * WIDTH + SINGLES), dtype=np.float32)
    for name, figures in columns.items():
        for words, figure in figures.items():
            vector = found.vector(spot(TEXT, words))
            assert vector is not None
            projection[:-1, at[name]] += figure * (vector > 0)
    evidence = np.zeros(EVIDENCE, dtype=np.float32)
    evidence[0] = 1.0
    return Pointer(Pointing(projection, evidence), found)


def chosen(one: Pointer, *among: tuple[str | None, float]) -> str | None:
    options = [
        Option(None if words is None else spot(TEXT, words), (odds, *(0.0,) * (EVIDENCE - 1))) for words, odds in among
    ]
    sentences = split(TEXT)
    found = one.choose(options, spot(TEXT, "Nine miners"), sentences[1].span, sentences[0].span)
    return None if found is None else found.of(TEXT)


AMONG = ((None, 0.5), ("The harbour office", 0.0), ("the union", 0.4))


def test_the_vectors_of_a_count_and_of_words_are_held_against_each_other() -> None:
    assert chosen(pointer(said()), *AMONG) is None
    meeting = pointer(said(), count={"Nine miners": 1.0}, words={"The harbour office": 1.0})
    assert chosen(meeting, *AMONG) == "The harbour office"
    apart = pointer(said(), count={"Nine miners": 1.0}, words={"The harbour office": -1.0, "the union": 1.0})
    assert chosen(apart, *AMONG) == "the union"


def test_words_speak_for_a_speaker_and_the_count_for_the_report() -> None:
    assert chosen(pointer(said(), speaker={"the union": 0.2}), *AMONG) == "the union"
    both = pointer(said(), speaker={"the union": 0.2}, own={"Nine miners": 0.2})
    assert chosen(both, *AMONG) is None


def test_the_first_of_equals_is_taken() -> None:
    assert chosen(pointer(said()), ("the union", 1.0), (None, 1.0)) == "the union"


def test_words_that_were_not_read_are_judged_by_the_evidence_alone() -> None:
    unread = said(skip=1)
    meeting = pointer(unread, count={"Nine miners": 1.0}, words={"the union": 0.5})
    assert chosen(meeting, *AMONG) == "the union"
    assert chosen(meeting, (None, 0.5), ("The harbour office", 2.0), ("the union", 0.4)) == "The harbour office"


def test_a_source_paragraphs_away_is_an_option_of_the_shipped_reader() -> None:
    assembly, proposed = assembled()
    judged = assembly.judged
    assert judged is not None
    among = assembly.sources(proposed, assembly.ruled(proposed), judged)
    names = [None if one.span is None else one.span.of(TEXT) for one in among]
    assert names[0] is None
    assert "the union" in names


def test_the_shipped_weights_fit_the_shipped_model() -> None:
    arrays = Encoder().arrays("pointing")
    assert arrays is not None
    pointing = Pointing.of(arrays)
    assert pointing.evidence.shape == (EVIDENCE,)
    assert pointing.projection.shape == (FIGURES + 1, 3 * pointing.width + SINGLES)
    assert all(np.isfinite(one).all() for one in arrays.values())


def test_a_model_without_such_weights_lets_the_judge_choose() -> None:
    assert Encoder().arrays("nothing of the kind") is None


def test_the_same_report_gives_the_same_sources_each_time() -> None:
    def sources() -> list[Span | None]:
        assembly, _ = assembled()
        return [claim.spans.source for one in assembly.proposed for claim in assembly.claims(one)]

    assert sources() == sources()
