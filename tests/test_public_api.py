"""`sayso.read` and `sayso.read_all`, as a Python program uses them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import sayso
from tests.web_server import answer, serving

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Two soldiers were killed at Karsk on Monday, the army said."


def figures(reading: sayso.Reading) -> list[tuple[str, int | None, str | None]]:
    return [(claim.harm, claim.low, claim.source) for claim in reading.claims]


def records(*texts: str) -> str:
    return "".join(json.dumps({"id": f"r{n}", "text": text, "language": "en"}) + "\n" for n, text in enumerate(texts))


def test_every_public_name_can_be_had() -> None:
    for name in sayso.__all__:
        assert getattr(sayso, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="unheard_of"):
        _ = sayso.unheard_of


def test_a_text_is_read() -> None:
    reading = sayso.read(TEXT)
    assert figures(reading) == [("killed", 2, "the army")]
    assert reading.report.text == TEXT
    assert reading.program.startswith("sayso ")
    assert reading.model


def test_what_the_caller_knows_fills_what_a_text_lacks() -> None:
    reading = sayso.read(
        TEXT, title="Karsk", url="https://example.org/k", outlet="Mail", published="2024-03-13", language="en"
    )
    report = reading.report
    assert (report.title, report.url, report.outlet) == ("Karsk", "https://example.org/k", "Mail")
    assert (report.published, report.language) == ("2024-03-13", "en")
    assert reading.claims[0].date_from == "2024-03-11"


def test_a_path_is_read_as_string_and_as_path(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert figures(sayso.read(path)) == figures(sayso.read(str(path))) == [("killed", 2, "the army")]


def test_a_page_is_read() -> None:
    page = sayso.Page(TEXT.encode(), "a page", "text/plain")
    reading = sayso.read(page)
    assert figures(reading) == [("killed", 2, "the army")]
    assert reading.report.page_sha256 == page.sha256


def test_a_record_keeps_its_id_and_text(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    text = "  Two soldiers were killed,\r\nthe army said.\n\n"
    path.write_text(json.dumps({"id": "mine", "text": text, "language": "en"}), encoding="utf-8")
    report = sayso.read(path).report
    assert (report.id, report.text) == ("mine", text)


@pytest.mark.parametrize("name", ["nowhere.txt", "no/such/report.pdf", "gone.JSONL", "gone.html"])
def test_a_name_without_a_file_is_wrong_usage(name: str) -> None:
    with pytest.raises(sayso.UsageError) as raised:
        sayso.read(name)
    assert name in str(raised.value)
    assert isinstance(raised.value, sayso.SaysoError)
    assert isinstance(raised.value, ValueError)


def test_a_path_without_a_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(sayso.NotReadError) as raised:
        sayso.read(tmp_path / "nowhere.txt")
    assert raised.value.problems
    assert all(problem.what and problem.remedy for problem in raised.value.problems)
    assert "nowhere.txt" in str(raised.value)


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_text_gives_no_report(text: str) -> None:
    with pytest.raises(sayso.NotReadError) as raised:
        sayso.read(text)
    assert raised.value.problems


def test_several_reports_need_read_all(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text(records(TEXT, "Nine men died."), encoding="utf-8")
    with pytest.raises(sayso.UsageError, match="read_all"):
        sayso.read(path)
    found = list(sayso.read_all([str(path)]))
    assert [one.report.id for one in found if isinstance(one, sayso.Reading)] == ["r0", "r1"]
    assert not [one for one in found if isinstance(one, sayso.Problem)]


def test_read_all_goes_on_past_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text("Nine men died.", encoding="utf-8")
    found = list(sayso.read_all([str(tmp_path)], given=sayso.Given(language="en")))
    assert [type(one).__name__ for one in found] == ["Reading", "Problem", "Reading"]
    assert [one.lost for one in found if isinstance(one, sayso.Problem)] == [True]


def test_read_all_reads_one_after_another(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    first = next(iter(sayso.read_all([str(tmp_path)])))
    assert isinstance(first, sayso.Reading)


def test_a_language_that_is_not_read_is_a_problem_without_claims() -> None:
    reading = sayso.read("Zwei Soldaten wurden in Karsk getötet, sagte die Armee.", language="de")
    assert reading.claims == ()
    assert [(problem.code, problem.lost) for problem in reading.problems] == [("language-not-read", False)]


def test_an_address_is_fetched_and_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        server.pages["/k"] = answer(TEXT.encode(), content_type="text/plain; charset=utf-8")
        for name, value in server.variables().items():
            monkeypatch.setenv(name, value)
        reading = sayso.read(server.url("/k"), outlet="Mail")
        assert figures(reading) == [("killed", 2, "the army")]
        assert (reading.report.url, reading.report.outlet) == (server.url("/k"), "Mail")
        (kept,) = sayso.read_all([server.url("/k")], keep=tmp_path / "kept")
        assert isinstance(kept, sayso.Reading)
        assert (tmp_path / "kept/pages" / kept.report.page_sha256[:2] / kept.report.page_sha256).read_text() == TEXT
        with pytest.raises(sayso.NotReadError, match="404"):
            sayso.read(server.url("/gone"))


def test_attributions_are_for_the_asking() -> None:
    text = "The mayor said the bridge is closed."
    assert sayso.read(text, language="en").attributions == ()
    (said,) = sayso.read(text, language="en", attributions=True).attributions
    assert [span.of(text) for span in said.source] == ["The mayor"]
