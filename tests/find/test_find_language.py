"""Languages are told where there is enough to tell them from."""

from __future__ import annotations

import pytest

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


def test_a_lone_surrogate_does_no_harm() -> None:
    assert language_of("\ud800 The mayor of Sarrow said that nine people had died in the fire.") == "en"
