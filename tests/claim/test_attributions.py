"""Source, cue and content of what is said in one sentence, and what the source does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.sentences import split
from sayso.claim.speakers import find_attributions

if TYPE_CHECKING:
    from sayso.claim.attributions import Said

WORDS = [
    "the",
    "army",
    "said",
    "says",
    "told",
    "that",
    ",",
    ".",
    "“",
    "”",
    '"',
    ":",
    ";",
    "-",
    "according",
    "to",
    "citing",
    "quoted",
    "as",
    "saying",
    "by",
    "denied",
    "added",
    "he",
    "she",
    "it",
    "Ana",
    "Bel",
    "ministry",
    "Radio",
    "Ostrel",
    "claimed",
    "which",
    "who",
    "and",
    "but",
    "17",
    "killed",
    "people",
    "their",
    "claim",
    "of",
    "statement",
    "reported",
    "spokesman",
]


def attributions(text: str) -> list[Said]:
    return find_attributions(text, split(text))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The army said two soldiers were killed.", "The army"),
        ("Two soldiers were killed, the army said.", "the army"),
        ("Two soldiers were killed, said the army.", "the army"),
        ("According to the health ministry, 12 people died.", "the health ministry"),
        ("Twelve people died, according to the health ministry.", "the health ministry"),
        ("“Six men were killed,” said the mayor.", "the mayor"),
        ("“Six men were killed,” the mayor said.", "the mayor"),
        ('"Six men were killed," said Mayor Ana Bel.', "Mayor Ana Bel"),
        ("Witnesses said five people had been shot dead.", "Witnesses"),
        ("A security official said on condition of anonymity that five soldiers were killed.", "A security official"),
        ("Monitor: 10 killed in air strike", "Monitor"),
        ("State TV: 12 killed in blast", "State TV"),
        ("21 dead in mine fire: ministry", "ministry"),
        ("12 killed in blast - police", "police"),
        ("The ministry confirmed 14 deaths.", "The ministry"),
        ("The Red Cross reported that 300 people were missing.", "The Red Cross"),
        ("The army claimed to have killed 25 rebels.", "The army"),
        ("Police put the death toll at eight.", "Police"),
    ],
)
def test_the_source_is_named(text: str, source: str) -> None:
    (said,) = attributions(text)
    assert said.source.of(text) == source
    assert said.stance == "asserts"
    assert said.mention is None


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army denied that 15 civilians were killed.", "denies"),
        ("The army doubts that 40 people were killed.", "doubts"),
        ("The army says that 15 civilians were killed.", "asserts"),
    ],
)
def test_the_stance_follows_the_verb(text: str, stance: str) -> None:
    (said,) = attributions(text)
    assert (said.source.of(text), said.stance) == ("The army", stance)


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        ("Governor Ilo Marn told Radio Ostrel that nine people had died.", "Governor Ilo Marn", ["Radio Ostrel"]),
        ("Nine people had died, Governor Ilo Marn told Radio Ostrel.", "Governor Ilo Marn", ["Radio Ostrel"]),
        ("Residents told the BBC that 12 people were killed.", "Residents", ["the BBC"]),
        ("A source at the camp said in a statement to QNA that six died.", "A source at the camp", ["QNA"]),
        ("In a phone call with Radio Ostrel, local sources said that six died.", "local sources", ["Radio Ostrel"]),
        ("Speaking to AFP the governor of Marj said six died.", "the governor of Marj", ["AFP"]),
        ("In a statement the ministry said that six died.", "the ministry", []),
        ("The mayor told reporters that six died.", "The mayor", []),
    ],
)
def test_who_was_told_passed_it_on(text: str, source: str, via: list[str]) -> None:
    (said,) = attributions(text)
    assert said.source.of(text) == source
    assert [span.of(text) for span in said.via] == via


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people were reportedly killed.",
        "Twelve people were killed in the shaft.",
        "The fire began at dawn.",
        "",
    ],
)
def test_where_nobody_speaks_nothing_is_attributed(text: str) -> None:
    assert attributions(text) == []


def test_the_content_is_what_was_said() -> None:
    text = "The mayor said that nine people had died."
    (said,) = attributions(text)
    assert [span.of(text) for span in said.content] == ["nine people had died"]
    assert said.cue.of(text) == "said"


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_spans_lie_in_the_text_and_name_a_sentence(text: str) -> None:
    sentences = split(text)
    for said in find_attributions(text, sentences):
        assert 0 <= said.sentence < len(sentences)
        spans = [said.source, said.cue, *said.content, *said.via, *([said.mention] if said.mention else [])]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert said.content


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We lost 40 men”, said spokesman Rodan Vesk to SNA.", "spokesman Rodan Vesk"),
        (
            "Mothers of recruits from Lower Tamm, waiting at the gate, say nine are dead.",
            "Mothers of recruits from Lower Tamm",
        ),
        ("The army did admit that five men died there.", "The army"),
    ],
)
def test_a_source_is_named_whole_and_no_more(text: str, source: str) -> None:
    found = find_attributions(text, split(text))
    assert [one.source.of(text) for one in found] == [source]


def test_a_forename_is_no_word_of_saying() -> None:
    text = "Among the dead are Oto Brandl, Per Lissak and Jon Hask."
    assert find_attributions(text, split(text)) == []


def test_who_is_told_ends_before_what_is_told() -> None:
    text = "A diplomat told the Lantern the true toll was 60."
    assert [one.of(text) for said in find_attributions(text, split(text)) for one in said.via] == ["the Lantern"]
