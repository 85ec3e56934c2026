"""`sayso agreement`: two people rule on one report in one ledger, or each hands in a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.coders import in_ledger
from sayso.entries import Decision
from sayso.ledger import Ledger
from sayso.records import Claim, Evidence, Page, Reading, Report, Span
from sayso.ruling import addition, corrections

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "TAMRIT, Velmora - \U0001f6a8 Nine people were killed when a wall fell at the market on Monday, police said. "
    "Mira Olen, 34, a baker, was among the dead, her brother said. "
    "The district hospital said that between 20 and 30 people were injured.\n"
)
ANA, BEN = "Ana Ruiz", "Ben Oduya"


class Program:
    """The program with a ledger, run within this process."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, *arguments: object, code: int = 0) -> str:
        """Run a command that must leave with `code`; return what it wrote."""
        done = CliRunner().invoke(app, list(map(str, arguments)), env={"SAYSO_LEDGER": self.url, "COLUMNS": "90"})
        assert done.exit_code == code, done.output
        return done.output if code else done.stdout

    def agreed(self, *arguments: object) -> dict[str, Any]:
        """Return the agreement as programs get it."""
        found: dict[str, Any] = json.loads(self("agreement", *arguments, "--json"))
        return found


def claim(words: str, said_by: str, number: tuple[int, int], **slots: Any) -> Claim:  # noqa: ANN401 - slots of several types
    """Return a claim on words of the text."""
    start, source = TEXT.index(words), TEXT.index(said_by)
    begin = max(TEXT.rfind(". ", 0, start) + 2, TEXT.index("\U0001f6a8"))
    sentence = Span(begin, TEXT.index(".", start) + 1)
    spans = Evidence(source=Span(source, source + len(said_by)))
    values = {"harm": "killed", "kind": "count", "qualifier": "exact", "phrase": None, **slots}
    return Claim(
        f"c-{start}",
        start,
        start + len(words),
        words,
        low=number[0],
        high=number[1],
        source=said_by,
        sentence=sentence,
        spans=spans,
        **values,
    )


CLAIMS = (
    claim("Nine people", "police", (9, 9)),
    claim("Mira Olen", "her brother", (1, 1), kind="individual"),
    claim(
        "between 20 and 30 people",
        "The district hospital",
        (20, 30),
        harm="injured",
        qualifier="between",
        phrase="between",
    ),
)


@pytest.fixture
def desk(ledger_url: str) -> Program:
    """A ledger with one report, in which Ana and Ben ruled."""
    page = Page(TEXT.encode(), "tamrit.txt", "text/plain")
    report = Report("tamrit", TEXT, outlet="The Harbour Review", language="en", page_sha256=page.sha256)
    with Ledger.create(ledger_url) as ledger:
        ledger.add([(page, Reading(report, CLAIMS, program="tests 1"))], "tests")
        ids = {kept.claim.text: kept.claim.id for kept in ledger.claims()}
        (heading,) = ledger.reports()
        nine, hurt = ids["Nine people"], ids["between 20 and 30 people"]
        source = corrections(["source=The district hospital"], CLAIMS[0], report)
        # Ben does not see what Ana set: to him police said so, and the wounded are none of this report's.
        for decision in (
            Decision("correct", (nine,), ANA, set=source),
            Decision("accept", (hurt,), ANA),
            Decision("accept", (nine,), BEN),
            Decision("reject", (hurt,), BEN, "Another wall"),
            Decision("add", (heading.id,), BEN, set=addition("among the dead", "killed", [], report)),
        ):
            ledger.decide(decision)
    return Program(ledger_url)


def test_each_is_taken_by_their_own_rulings_alone(desk: Program) -> None:
    found = desk.agreed("--by", ANA, "--by", BEN)
    assert found["claims"] == {ANA: 2, BEN: 2}
    assert (found["shared"], found["f1"], len(found["reports"])) == (1, 0.5, 1)
    told = {one["slot"] + str(number): one["values"] for number, one in enumerate(found["differences"])}
    assert told == {
        "source0": {ANA: "The district hospital", BEN: "police"},
        "claim1": {BEN: "among the dead", ANA: None},
        "claim2": {ANA: "between 20 and 30 people", BEN: None},
    }
    assert found["slots"]["source"] == {"level": "nominal", "claims": 1, "equal": 0, "alpha": 0.0}
    assert (found["slots"]["low"]["equal"], found["slots"]["low"]["alpha"]) == (1, None)
    with Ledger.open(desk.url) as ledger:
        assert in_ledger(ledger, [ANA, BEN]).spans.alpha == found["spans"]["alpha"]
        with pytest.raises(ValueError, match='"Nobody" ruled on no claim'):
            in_ledger(ledger, [ANA, "Nobody"])
        assert not in_ledger(ledger, [BEN, ANA], ["r-other", *found["reports"]]).passed_over


def test_what_is_withdrawn_is_no_ruling_of_theirs(desk: Program) -> None:
    with Ledger.open(desk.url) as ledger:
        (rejection,) = (one.id for one in ledger.decisions() if one.kind == "reject")
    desk("withdraw", rejection, "--by", BEN)
    found = desk.agreed("--by", ANA, "--by", BEN)
    assert found["claims"] == {ANA: 2, BEN: 2}
    assert "between 20 and 30 people" not in {value for one in found["differences"] for value in one["values"].values()}


def test_it_is_told_to_people_and_names_of_people_harmed_are_left_out(desk: Program) -> None:
    told = desk("agreement", "--by", ANA, "--by", BEN)
    assert "Claims in 1 report: Ana Ruiz (2), Ben Oduya (2)" in told
    assert 'Ana Ruiz "The district hospital"; Ben Oduya "police"' in " ".join(told.split())
    assert "Ana Ruiz has no such claim" in " ".join(told.split())


def test_tables_of_two_people_are_compared_and_a_bad_row_is_told(desk: Program, tmp_path: Path) -> None:
    first, second = tmp_path / "ana.csv", tmp_path / "ben.csv"
    desk("export", "--to", "csv", "--names", first)
    heading, *rows = first.read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(rows) == 4
    person = next(row for row in rows if "Mira Olen" in row)
    others = [row.replace(",exact,", ",about,") for row in rows if row != person]
    second.write_text(heading + "".join(others) + person.replace(",killed,", ",eaten,"), encoding="utf-8")
    told = desk("agreement", first, second, code=1)
    assert "ben.csv:5: The row was left out: \"harm\" is none that there is ('eaten')." in " ".join(told.split())
    assert "[name left out]" in told
    assert "Mira Olen" not in told
    assert "Mira Olen" in desk("agreement", first, second, "--names", code=1)
    (tmp_path / "copy.csv").write_bytes(first.read_bytes())
    same = desk.agreed(first, tmp_path / "copy.csv")
    assert (same["differences"], same["f1"], same["claims"]) == ([], 1.0, {"ana": 3, "copy": 3})


def test_what_makes_no_sense_is_refused_in_a_sentence(desk: Program) -> None:
    for arguments, said in (
        ([], "Give a table for each person"),
        (["a.csv", "--by", ANA], "Give a table for each person"),
        (["--by", ANA], "at least two people"),
        (["--by", ANA, "--by", "Nobody"], "ruled on no claim"),
        (["a.csv", "a.csv"], "given twice"),
    ):
        assert said in " ".join(desk("agreement", *arguments, code=2).replace("│", " ").split())
