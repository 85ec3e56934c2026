"""Names of people harmed stay out of every format unless somebody asks for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.events import Dossier, Heading, Kept, Ruling
from sayso.export.formats import FORMATS
from sayso.export.withheld import MASK, names_told, withheld
from sayso.export.writing import Choices
from sayso.records import Claim, Span, Trace
from tests.export import told

OF_THE_FIRE = ("Kostova", "Ilchev", "Hodzha", "Dimov", "Milko")


def told_in(sentence: str, words: str, kind: str = "individual", **fields: object) -> Dossier:
    """Return a dossier of one claim."""
    at = sentence.index(words)
    count = (1, 1, "exact", None)
    claim = Claim("c-1", at, at + len(words), words, "killed", kind, *count, sentence=Span(0, len(sentence)))  # type: ignore[arg-type]  # a kind
    heading = {key: fields.pop(key) for key in ("title", "url") if key in fields}
    claim = replace(claim, **fields)  # type: ignore[arg-type]  # any field
    return Dossier(None, (Kept(claim, Heading("r-1", **heading), sentence=sentence),))  # type: ignore[arg-type]  # likewise


def sentence_of(dossier: Dossier) -> str:
    return withheld(dossier).claims[0].sentence


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_no_format_names_the_dead(one: object) -> None:
    name = getattr(one, "name", "")
    bare, _ = told.written(name, *told.everything())
    assert not [word for word in OF_THE_FIRE if word.encode() in bare.replace(b"Dimova", b"")]
    assert not [word for word in OF_THE_FIRE if word.lower().encode() in bare.lower().replace(b"dimova", b"")]


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_names_go_out_when_asked_for(name: str) -> None:
    body, _ = told.written(name, told.plovdiv(), choices=Choices(names=True))
    assert not [word for word in OF_THE_FIRE if word.encode() not in body]
    assert MASK.encode() not in body


@pytest.mark.parametrize(
    ("sentence", "words", "left"),
    [
        ("The shell killed Rada Velin at her gate.", "Rada Velin", f"The shell killed {MASK} at her gate."),
        ("Corporal Tigran Asoyan fell.", "Corporal Tigran Asoyan", f"Corporal {MASK} fell."),
        ("It killed the mayor, Ilan Moss, at once.", "the mayor, Ilan Moss", f"It killed the mayor, {MASK}, at once."),
        ("It killed the mayor of Dresk.", "the mayor of Dresk", "It killed the mayor of Dresk."),
        ("It killed the Danish nurse.", "the Danish nurse", "It killed the Danish nurse."),
        ("Her brother died, and so did Omar.", "Her brother", "Her brother died, and so did Omar."),
        ("They shot rada velin.", "rada velin", f"They shot {MASK}."),
        ("Khaled al-Masri died.", "Khaled al-Masri", f"{MASK} died."),
    ],
)
def test_a_person_told_as_harmed_keeps_a_role_but_no_name(sentence: str, words: str, left: str) -> None:
    assert sentence_of(told_in(sentence, words)) == left


def test_parts_of_a_name_and_capitals_are_masked_everywhere() -> None:
    dossier = told_in(
        "Rada Velin was 24; RADA VELIN had sung here, Velin’s mother said.",
        "Rada Velin",
        title="Velin mourned",
        source="Velin’s mother",
        url="https://x.example/1",
        trace=Trace("https://x.example/1#:~:text=Rada%20Velin", "/p"),
    )
    (one,) = withheld(dossier).claims
    assert one.sentence == f"{MASK} was 24; {MASK} had sung here, {MASK}’s mother said."
    assert one.report.title == f"{MASK} mourned"
    assert one.claim.source == f"{MASK}’s mother"
    assert one.claim.trace == Trace("https://x.example/1", "/p")
    assert (one.claim.id, one.claim.start, one.claim.end) == ("c-1", 0, 10)


def test_an_address_that_spells_a_name_is_left_out_and_told() -> None:
    dossier = told_in("Rada Velin died.", "Rada Velin", url="https://x.example/2024/rada-velin-dies")
    assert withheld(dossier).claims[0].report.url is None
    _, problems = told.written("csv", dossier)
    assert "1 (c-1)" in problems["address-names-person"].what
    kept = told_in("Rada Velin died.", "Rada Velin", url="https://x.example/unravelings")
    assert withheld(kept).claims[0].report.url == "https://x.example/unravelings"


@pytest.mark.parametrize(
    ("sentence", "words", "left"),
    [
        (
            "Two brothers, Ali and Omar Hasna, died.",
            "Two brothers, Ali and Omar Hasna,",
            f"Two brothers, {MASK} and {MASK}, died.",
        ),
        (
            "Three people died: Ilan Moss, 34, and two more.",
            "Three people",
            f"Three people died: {MASK}, 34, and two more.",
        ),
        ("Ilan Moss (34) was one of two dead.", "two", f"{MASK} (34) was one of two dead."),
        (
            "Two men died. Police named the dead as Ilan Moss and Piet van Dorn.",
            "Two men",
            f"Two men died. Police named the dead as {MASK} and {MASK}.",
        ),
        (
            "Two died. Their manager, Marivic Salonga, had fled.",
            "Two",
            f"Two died. Their manager, {MASK}, had fled.",
        ),
        ("The councillor Valery Rybchenko was one of two dead.", "two", f"The councillor {MASK} was one of two dead."),
        ("A boy called Heitor is among 9 dead.", "9", f"A boy called {MASK} is among 9 dead."),
        (
            "Nine died. Four of the dead: Ilan Moss, Ada van Dorn and Salma.",
            "Nine",
            f"Nine died. Four of the dead: {MASK}, {MASK} and {MASK}.",
        ),
        (
            "Nine died, two of them in two cities, Lirna and Dresk.",
            "Nine",
            "Nine died, two of them in two cities, Lirna and Dresk.",
        ),
        ("Nine died. The funeral of Ilan Moss is today.", "Nine", f"Nine died. The funeral of {MASK} is today."),
        (
            "Tributes were paid to Ilan Moss. The nine died at sea.",
            "nine",
            f"Tributes were paid to {MASK}. The nine died at sea.",
        ),
        ("The pilot, J. K. Moss, was one of nine dead.", "nine", f"The pilot, {MASK}, was one of nine dead."),
        ("Two died: Ilyas Noor and Rada Noor, sisters.", "Two", f"Two died: {MASK} and {MASK}, sisters."),
        ("In the capital, Ostrel, 17 soldiers died.", "17 soldiers", "In the capital, Ostrel, 17 soldiers died."),
        (
            "He gave his statement to the Plateau Herald: 9 died.",
            "9",
            "He gave his statement to the Plateau Herald: 9 died.",
        ),
        ("In Velmora City, 17 soldiers died.", "17 soldiers", "In Velmora City, 17 soldiers died."),
        ("Six members of the Red Cross died.", "Six members of the Red Cross", "Six members of the Red Cross died."),
    ],
)
def test_names_beside_a_number_of_people_are_masked(sentence: str, words: str, left: str) -> None:
    assert sentence_of(told_in(sentence, words, "count")) == left


def test_a_witness_keeps_the_name_that_makes_the_source() -> None:
    dossier = told_in("Two men died, said Ilan Moss, 34.", "Two men", "count", source="Ilan Moss")
    assert sentence_of(dossier) == "Two men died, said Ilan Moss, 34."


def test_whole_texts_are_masked_as_well() -> None:
    dossier = replace(told_in("Rada Velin died.", "Rada Velin"), texts=(("r-1", "Rada Velin died. Velin was 24."),))
    assert withheld(dossier).texts == (("r-1", f"{MASK} died. {MASK} was 24."),)


def test_names_that_only_the_whole_text_tells_are_masked_in_it() -> None:
    text = (
        "Ten died at sea. Ilan Moss, 34, and a boy called Heitor were on board. Two sisters, Ada and Mira Velin, too."
    )
    dossier = replace(told_in("Ten died at sea.", "Ten", "count"), texts=(("r-1", text),))
    assert withheld(dossier).texts[0][1] == (
        f"Ten died at sea. {MASK}, 34, and a boy called {MASK} were on board. Two sisters, {MASK} and {MASK}, too."
    )


def test_names_in_the_reason_for_a_ruling_are_masked() -> None:
    (one,) = told_in("Ten died at sea.", "Ten", "count").claims
    ruled = replace(one, ruling=Ruling("accepted", "Ana Ruiz", "2023-03-09T10:00:00Z", "so is Ilan Moss, 34, by name"))
    (after,) = withheld(Dossier(None, (ruled,))).claims
    assert after.ruling is not None
    assert (after.ruling.why, after.ruling.by) == (f"so is {MASK}, 34, by name", "Ana Ruiz")


def test_names_in_counted_words_are_told_without_places() -> None:
    (one,) = told_in("Two brothers, Ali and Omar Hasna, died.", "Two brothers, Ali and Omar Hasna,", "count").claims
    assert names_told(one) == {"Ali", "Omar Hasna"}
    (at,) = told_in(
        "Ten people in Dresk, Lower Tamm, died.", "Ten people in Dresk, Lower Tamm", "count", place="Lower Tamm"
    ).claims
    assert names_told(at) == frozenset()


def test_people_told_of_in_other_incidents_of_the_report_are_masked_as_well() -> None:
    dossier = told_in("Ten died where Rada Velin fell a day before.", "Ten", "count")
    assert "Rada Velin" in sentence_of(dossier)
    assert sentence_of(replace(dossier, named=("Rada Velin",))) == f"Ten died where {MASK} fell a day before."
