"""Words for countries: which country a name or an adjective stands for, and what a country is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.claim.gazetteer import Gazetteer


class Countries:
    """Asks a gazetteer for countries and nothing else."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def code(self, words: str, near: str | None = None) -> str | None:
        """Return the country that a name, an adjective or a word for its people stands for.

        Args:
            words: Such as ``Russia``, ``Turkish``, ``U.S.``
            near: The country that the words are about; it decides for names such as Georgia, which are regions
                elsewhere.

        Returns:
            ISO 3166-1 alpha-2, or None where the words stand for no country or for more than one.
        """
        found = self._gazetteer.lookup(words)
        codes = {entry.country for entry in found if entry.kind in {"country", "adjective"}}
        if len(codes) != 1 or words.islower():
            return None
        (code,) = codes
        elsewhere = {entry.country for entry in found if entry.kind == "region"} - {code}
        return None if elsewhere and near != code else code

    def name(self, code: str) -> str:
        """Return the name of a country by its code; the code itself where it is not known."""
        return self._gazetteer.country(code) or code
