"""Names of bodies and people as words that can be compared: case, stops, accents and apostrophes set aside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 40
"""Words of a name that are looked at; longer ones are sentences that were taken for a name."""

_TAG = re.compile(r"^.*\[(?:TEXT|EXCERPTS?|ARTICLE|UNSIGNED|COMMUNIQUE|REPORT|INTERVIEW|PASSAGE)[^\]]*\]", re.DOTALL)
_DATELINE = re.compile(
    r"^[^()]{0,60}\((?:[A-Z][\w .&'/-]{1,40}\)\s*[-\N{EN DASH}\N{EM DASH}]+\s*|[A-Z][A-Z/ -]{1,20}\)\s*(?=[A-Z][a-z]))"
)
_PARTED = re.compile(r"\s*(?:[,;:()\[\]]|[-\N{EN DASH}\N{EM DASH}]+\s)")
_WORD = re.compile(r"[^\W_]+(?:['’.&/][^\W_]+)*(?:['’]s?)?\.?|&", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s?$")
_LOST_APOSTROPHE = re.compile(r"(?<=[A-Z]{2})s$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name.

    Attributes:
        plain: How it is compared: lower case, without stops, apostrophes and accents.
        written: As it stands in the report, without a possessive.
        owns: Whether it stands in the possessive.
        parted: Whether a comma, a bracket or a dash follows it.
    """

    plain: str
    written: str
    owns: bool = False
    parted: bool = False

    @property
    def base(self) -> str:
        """How it is compared without its possessive."""
        return fold(self.written) if self.owns else self.plain

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter or a figure."""
        return self.written[:1].isupper() or self.written[:1].isdigit()


def words_of(name: str, longest: int = LONGEST) -> tuple[Word, ...]:
    """Return the words of a name, without an agency's dateline before it.

    >>> [word.plain for word in words_of("RIGA (BEA) - Ukraine's Defence Ministry")]
    ['ukraines', 'defence', 'ministry']
    >>> [word.plain for word in words_of("the U.S.-led al-Núṣra")]
    ['the', 'us', 'led', 'al', 'nusra']
    """
    text = _DATELINE.sub("", _TAG.sub("", name[:2000]))
    found = []
    for match in _WORD.finditer(text):
        owns = _POSSESSIVE.search(match[0]) or _LOST_APOSTROPHE.search(match[0])
        plain, written = fold(match[0]), match[0][: owns.start()] if owns else match[0]
        if plain:
            found.append(Word(plain, written, bool(owns), bool(_PARTED.match(text, match.end()))))
    return tuple(found[:longest])


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return a word in the form in which words are compared."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if char.isalnum())


def shouted(words: tuple[Word, ...]) -> bool:
    """Say whether a name stands in capitals throughout, so that capitals tell nothing.

    An acronym by itself is written so in any text.
    """
    letters = [word.written for word in words if word.written.isalpha()]
    return len(letters) > 1 and all(word.isupper() for word in letters)


def slug(words: str) -> str:
    """Return words in kebab-case.

    >>> slug("Clark County Coroner's Office")
    'clark-county-coroners-office'
    """
    return "-".join(plain for part in words.replace("'", "").replace("’", "").split() if (plain := fold(part)))
