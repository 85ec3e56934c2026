"""Languages are told where there is enough to tell them from."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import sayso
from sayso.find.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mayor of Sarrow said that nine people had died in the fire.", "en"),
        ("THE MAYOR OF SARROW SAID THAT NINE PEOPLE HAD DIED IN THE FIRE ON MONDAY.", "en"),
        ("Мэр сообщил, что при пожаре погибли девять человек.", "ru"),
        ("Der Bürgermeister sagte, bei dem Brand seien neun Menschen gestorben.", "de"),
        ("قالت الوزارة إن خمسة أشخاص قتلوا في الغارة على المدينة.", "ar"),
        ("", None),
        ("Sarrow", None),
        ("12:30, 4.3.2021 – 17/9", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language


PLAIN = (
    "At least nine people were killed when a ferry sank on the lake, the mayor of Sarrow said, and four are missing."
)
QUOTING = (
    "Le maire de Sarrow a dit que neuf personnes sont mortes dans un incendie. Il a lu un message des pompiers: "
    '"the fire and the smoke were seen from the town". Les secours cherchent encore quatre habitants du quartier.'
)


def test_plain_english_is_told_without_what_tells_all_languages_apart() -> None:
    asks = "import sys, sayso.find.language as told; print(told.language_of(sys.argv[1]), 'py3langid' in sys.modules)"
    told = [
        subprocess.run([sys.executable, "-c", asks, text], capture_output=True, check=True, encoding="utf-8").stdout
        for text in (PLAIN, QUOTING)
    ]
    assert told == ["en False\n", "fr True\n"]


TOLD: dict[str, str] = tomllib.loads(Path(__file__).with_name("told.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", TOLD)
def test_a_report_is_told_whole_and_by_its_first_sentence(language: str) -> None:
    text = TOLD[language]
    assert language_of(text) == language
    assert language_of(text.partition(".")[0]) == language


@pytest.mark.parametrize("language", ["en", "de", "fr", "ru"])
def test_capitals_make_no_difference(language: str) -> None:
    assert language_of(TOLD[language].upper()) == language


@pytest.mark.parametrize(
    "text",
    [
        "Rodan Vesk, Dana Priel, Brian Sorokin",
        "Ostrel Velmora Sarnovia Dresk Tamrit Kestrin",
        "Mohammed Ali Hassan, Raqqa; Jean Dupont, Paris; José Hernández, San Salvador",
    ],
)
def test_names_alone_are_in_no_language(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize("other", ["ru", "uk", "ar"])
def test_a_quotation_in_another_script_does_not_hide_the_report_around_it(other: str) -> None:
    quoted = TOLD[other].partition(".")[0]
    english = f"{TOLD['en']} “{quoted}”, she said. The mayor spoke of twelve."
    assert language_of(english) == "en"
    assert language_of(f"{TOLD[other]} The mayor said: nine.") == other


@pytest.mark.parametrize("language", [one for one in TOLD if one != "en"])
def test_a_report_that_cannot_be_read_yet_is_kept_and_marked(language: str) -> None:
    reading = sayso.read(TOLD[language])
    assert reading.report.language == language
    assert reading.report.text == TOLD[language]
    assert [problem.code for problem in reading.problems] == ["language-not-read"]


def test_every_annotated_report_of_ours_is_english() -> None:
    for path in sorted((Path(__file__).parents[1] / "gold").glob("*.json")):
        assert language_of(json.loads(path.read_text(encoding="utf-8"))["text"]) in {"en", None}, path.name


def test_a_lone_surrogate_does_no_harm() -> None:
    assert language_of("\ud800 The mayor of Sarrow said that nine people had died in the fire.") == "en"
