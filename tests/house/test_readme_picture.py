"""The README's picture shows what the program prints."""

from __future__ import annotations

from docs import picture


def test_the_picture_is_what_the_program_prints_now() -> None:
    drawn = picture.PICTURE.read_text(encoding="utf-8")
    assert drawn == picture.draw(picture.printed()), "run `make picture`, and look at it"


def test_the_picture_fetches_nothing() -> None:
    drawn = picture.PICTURE.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "url(http" not in drawn
    assert "://" not in drawn
