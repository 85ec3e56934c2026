"""Plain text files: encodings, damage, line ends, titles."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from sayso.find import find_report
from sayso.find.decode import decode
from sayso.find.plain import title_of
from sayso.records import Given, Page, Report

if TYPE_CHECKING:
    from sayso.problems import Problem

RUSSIAN = "Губернатор сообщил, что при взрыве на складе погибли двое рабочих, ещё пятеро получили ранения."
GERMAN = "Der Bürgermeister sagte, fünf Männer seien getötet worden; größere Schäden gebe es nicht."
JAPANESE = "警察によると、この事故で五人が死亡し、三人がけがをしたという。"
ARABIC = "قالت الوزارة إن خمسة أشخاص قتلوا في الغارة على المدينة."
QUOTED = "“Nobody was hurt,” the mayor’s office said – twice. " * 3


def find(body: bytes, given: Given | None = None) -> tuple[Report | None, tuple[Problem, ...]]:
    return find_report(Page(body, "f.txt", "text/plain"), given or Given(language="en"))


def text_of(body: bytes) -> str:
    report, _ = find(body)
    assert report is not None
    return report.text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GERMAN, "latin-1"),
        (JAPANESE, "shift_jis"),
        (ARABIC, "cp1256"),
        (QUOTED, "cp1252"),
    ],
)
def test_an_encoding_that_the_file_does_not_say_is_guessed_and_told_of(text: str, encoding: str) -> None:
    assert text_of(text.encode(encoding)) == text
    assert [(problem.code, problem.lost) for problem in find(text.encode(encoding))[1]] == [("encoding-guessed", False)]


@pytest.mark.parametrize("text", [RUSSIAN, ARABIC, QUOTED, "😀 Two died."])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_needs_no_guess(text: str, mark: bytes, encoding: str) -> None:
    assert decode(mark + text.encode(encoding), "f") == (text, ())


def test_a_declared_encoding_is_heeded_unless_it_is_none_of_text() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "f", "KOI8-R") == (RUSSIAN, ())
    assert decode("“Two died”".encode("cp1252"), "f", "ISO-8859-1") == ("“Two died”", ())
    for odd in ("punycode", "unicode_escape", "base64", "no-such", "a\0b", "utf-7"):
        assert decode(RUSSIAN.encode("cp1251"), "f", odd)[0] == RUSSIAN


def test_a_cut_file_is_still_utf_8() -> None:
    body = RUSSIAN.encode()[:-2]
    text, _ = decode(body, "f")
    assert text.startswith(RUSSIAN[:60])
    assert text.endswith("\ufffd")


def test_much_that_cannot_be_decoded_is_told_of() -> None:
    body = (RUSSIAN + "\n").encode() * 3 + b"\xff\xfe\xfd two died"
    assert [problem.code for problem in decode(body, "f")[1]] == ["undecodable"]


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_mojibake_is_repaired_and_told_of(wrong: str) -> None:
    text = "Le maire a déclaré que les élèves blessés étaient à l’hôpital"
    text = text if wrong == "cp1252" else text.replace("’", "'")
    assert text_of(text.encode().decode(wrong).encode()) == text
    problem = find(text.encode().decode(wrong).encode())[1][0]
    assert (problem.code, problem.lost) == ("mojibake", False)


@pytest.mark.parametrize("text", [RUSSIAN, GERMAN, QUOTED, ARABIC, "Öl für Ãngel – “naïve” &amp; ﬁne"])
def test_sound_text_is_not_touched(text: str) -> None:
    assert decode(text.encode(), "f") == (text, ())


def test_mixed_line_ends_become_line_feeds() -> None:
    assert text_of(b"One died.\r\nTwo fled.\rThree hid.\n\nFour ran.\x0cFive.") == (
        "One died.\nTwo fled.\nThree hid.\n\nFour ran.\nFive."
    )


def test_control_characters_are_dropped_and_told_of() -> None:
    assert text_of(b"Two\x00 men\x1b died\x07.\tTab.") == "Two men died.\tTab."
    assert [problem.code for problem in find(b"Two\x00 men died.")[1]] == ["control-characters"]


def test_a_file_without_words_is_lost() -> None:
    for body in (b"", b" \n\t", codecs.BOM_UTF8, b"\x00\x00"):
        report, problems = find(body)
        assert report is None
        assert problems[-1].code == "empty-text"
        assert problems[-1].lost


def test_a_hundred_megabytes() -> None:
    body = b"Nobody was hurt in Lower Venn. \xe2\x80\x9cNot one,\xe2\x80\x9d he said.\n" * 1_700_000
    report, problems = find(body)
    assert report is not None
    assert len(report.text) == len(body) - 4 * 1_700_000
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ferry sinks off Orra\n\nTwelve people drowned.", "Ferry sinks off Orra"),
        ("\n\nFERRY SINKS\n \nTwelve people drowned.", "FERRY SINKS"),
        ("Twelve people drowned.\n\nThe ferry sank.", None),
        ("Twelve people drowned when\na ferry sank.", None),
        ("Ferry\n\nIt sank.", None),
        ("4.3. 2021\n\nIt sank.", None),
        ("so " * 80 + "\n\nIt sank.", None),
        ("", None),
    ],
)
def test_a_first_line_may_be_the_title(text: str, title: str | None) -> None:
    assert title_of(text) == title


def test_a_title_from_the_text_yields_to_a_given_one_and_stays_in_the_text() -> None:
    body = b"Ferry sinks off Orra\n\nTwelve people drowned."
    report, _ = find(body)
    titled, _ = find(body, Given(title="Another"))
    assert report is not None
    assert titled is not None
    assert (report.title, titled.title) == ("Ferry sinks off Orra", "Another")
    assert report.text == titled.text == body.decode()
