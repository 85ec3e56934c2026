"""Tolls as people see them: columns, open ends, tables only for groups that say something else."""

from __future__ import annotations

import io
from typing import Any

import pytest

from sayso.events import Dossier, Incident, Toll
from sayso.export.tolls_view import Lead, Story, in_short, write, write_sums

DRESK = Incident("i-1", "Missile strike on a barracks, Dresk, 4 March 2023")


def counted(low: int | None, best: int | None, high: int | None, policy: str = "as-said", **more: Any) -> Toll:  # noqa: ANN401
    return Toll(policy, "1", "i-1", more.pop("harm", "killed"), low, best, high, **more)


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def shown(*tolls: Toll, stories: dict[Toll, Story] | None = None) -> str:
    out = io.StringIO()
    write(Dossier(DRESK, (), tolls), out, stories)
    assert all(len(line) <= 80 for line in out.getvalue().splitlines())
    return out.getvalue()


def test_open_ends_and_numbers_that_are_not_settled_are_never_0() -> None:
    assert shown(counted(1700, None, None), counted(0, 0, 0, "ecc-range"), counted(None, None, None, "ecc-defer")) == (
        "Missile strike on a barracks, Dresk, 4 March 2023\n"
        "i-1, 0 claims\n"
        "\n"
        "Killed                            low     best     high\n"
        "as-said                         1,700        –     open\n"
        "ecc-range                           0        0        0\n"
        "ecc-defer                                     no number\n"
        "\n"
        "open: nobody states this bound.  –: no one number.\n"
    )


def test_a_rule_that_counts_only_civilians_stands_beside_the_others() -> None:
    told = shown(counted(5, 5, 5), counted(2, None, 5, "ibc-min-max", status="civilian", label="provisional"))
    assert "ibc-min-max                         2        –        5  provisional, civilians\n" in told


def test_groups_have_tables_of_their_own_where_they_say_something_else() -> None:
    told = shown(
        counted(8, 8, 8),
        counted(8, 8, 8, status="combatant"),
        counted(3, 3, 3, side="velmora"),
        counted(3, 3, 3, status="combatant", side="velmora"),
    )
    assert "combatants" not in told
    assert "Killed, people of velmora         low     best     high\n" in told
    assert told.count("as-said  ") == 2


def test_an_explanation_stands_under_its_toll() -> None:
    toll = counted(17, 17, 17)
    story = Story(
        "It is the lowest number reported.",
        (Lead("Police: “17”"),),
        (Lead("Mayor: “20”", "A lower number is reported too."),),
        ("Who is right.",),
    )
    told = shown(toll, stories={toll: story})
    assert (
        "    It is the lowest number reported.\n"
        "    Decided by\n"
        "      Police: “17”\n"
        "    Set aside\n"
        "      Mayor: “20”. A lower number is reported too.\n"
        "    Left open\n"
        "      Who is right.\n"
    ) in told


def test_in_short_there_are_no_claims_and_nothing_at_all_for_several_rules() -> None:
    one, other = counted(17, 17, 17), counted(17, 17, 17, "ecc-range")
    story = Story("Why.", (Lead("Police: “17”"),), (), ())
    assert in_short({one: story}) == {one: Story("Why.", (), (), ())}
    assert in_short({one: story, other: story}) == {}


def test_words_of_reports_do_nothing_to_the_terminal() -> None:
    toll = counted(17, 17, 17, label="\x1b[31mred")
    told = shown(toll, stories={toll: Story("\x1b[2Jgone [bold]loud[/bold]", (), (), ())})
    assert "\x1b" not in told
    assert "[bold]loud[/bold]" in told


def test_an_incident_without_such_a_harm_says_so() -> None:
    assert "None of its claims is of a harm that the rule counts." in shown()


def test_sums_have_their_notes_below() -> None:
    out = io.StringIO()
    write_sums([counted(20, None, None, reason="Added over 2 incidents.")], ["Incidents that fit: 2."], out)
    assert out.getvalue().endswith("    Added over 2 incidents.\n\nIncidents that fit: 2.\n")
