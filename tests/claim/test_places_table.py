"""The place mentions of places_table.txt, answered by hand, against what is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.claim.gazetteer import Gazetteer
from sayso.claim.places import find_places

TABLE = Path(__file__).with_name("places_table.txt")
SHIPPED = Gazetteer()


def mentions() -> list[tuple[str, str]]:
    """Return each text with each of its mentions."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" => ") for line in lines if line and not line.startswith("#"))
    return [(text, mention.strip()) for text, told in pairs for mention in told.split(" ; ")]


MENTIONS = mentions()
# GeoNames' towns of 500 people lack it, and nothing else in the words makes it a place.
NOT_READ = {"Banibangou"}


def test_there_are_enough_of_them() -> None:
    assert len([mention for _, mention in MENTIONS if not mention.startswith("!")]) >= 300


@pytest.mark.parametrize(("text", "mention"), [pair for pair in MENTIONS if not pair[1].startswith("!")])
def test_a_mention_is_what_was_worked_out_by_hand(text: str, mention: str) -> None:
    words, kind, country, name, prec = (part.strip() for part in mention.split("|"))
    found = next((one for one in find_places(text, gazetteer=SHIPPED) if one.name == words), None)
    if words in NOT_READ:
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.country or "-", str(found.prec or "-")) == (kind, country, prec)
    if name == "-":
        assert (found.matched, found.place_id) == (None, None)
    else:
        known = [(entry.country, entry.name) for entry in SHIPPED.lookup(name)]
        assert (found.country, found.matched) in known
    assert found.reason


@pytest.mark.parametrize(("text", "mention"), [pair for pair in MENTIONS if pair[1].startswith("!")])
def test_people_bodies_months_and_ordinary_words_are_no_places(text: str, mention: str) -> None:
    found = [one.name for one in find_places(text, gazetteer=SHIPPED) if one.kind != "adjective"]
    assert not [name for name in found if mention.removeprefix("!") in name]
