"""Which reports print one text, kept as reports come in: fifty prints of an agency's report are one voice.

The copies room decides, over the texts that hang together with those that are new. To find these without comparing
each with all, every text stands on the shelf under bands of its sketch (see `sayso.find.sketches`).
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from sayso.find.compared import compared
from sayso.find.copies import Copies
from sayso.find.likeness import are_copies
from sayso.find.sketches import Sketches
from sayso.records import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.find.compared import Compared
    from sayso.ledger.shelf import Printed, ReportRead, Shelf

_BANDS = 48
_VALUES = 3
"""Two texts that share a share `s` of their runs of words have a band in common with probability 1 - (1 - s³)⁴⁸: .998
at one half, .95 at .4. Texts that are copies and share fewer are cut so differently that few are."""

_MOST = 400
"""Texts that are laid side by side at once: of more that hang together, those that were found first."""


class Voices:
    """Voices over a shelf, within one transaction."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._sketches = Sketches()
        self._compared: dict[str, Compared | None] = {}
        self._printed: dict[str, list[Printed]] = {}

    def renew(self, reports: Sequence[str], read: Mapping[str, ReportRead]) -> dict[str, str]:
        """Take in reports that are new or not as they were, and return the voices that changed or came in, by report.

        Args:
            reports: Their ids.
            read: Those of them that hold.
        """
        before = self._shelf.voices(reports)
        told = {name: read[name] for name in reports if name in read and read[name].claims}
        texts = {name: one.heading.text_sha256 for name, one in told.items()}
        near = set(self._shelf.texts_of_voices({voice for _, voice in before.values()}))
        gone = {text for name, (text, _) in before.items() if texts.get(name) != text}
        self._shelf.drop_voices(reports)
        self._shelf.put_voices({name: (text, name) for name, text in texts.items()})
        for text in self._shelf.texts_without_reports(gone):
            self._shelf.drop_bands(text)
            near.discard(text)
        self._enter({text: told[name].text for name, text in texts.items()})
        made: dict[str, str] = {}
        seen: set[str] = set()
        for text in sorted(near | set(texts.values())):
            if text not in seen:
                together = self._hanging_together(text)
                seen |= together
                made.update(self._voices(together))
        known = self._shelf.voices(list(made))
        changed = {name: voice for name, voice in made.items() if known[name][1] != voice}
        self._shelf.put_voices({name: (known[name][0], voice) for name, voice in changed.items()})
        return {name: made[name] for name in (*texts, *changed)}

    def _enter(self, texts: Mapping[str, str]) -> None:
        """Put texts that are new under the bands of their sketches."""
        new = self._shelf.texts_without_bands(texts)
        for text in new:
            self._compared[text] = compared(texts[text])
        self._shelf.put_bands({text: self._bands(self._compared[text]) for text in new})

    def _bands(self, text: Compared | None) -> list[int]:
        if text is None:
            return []
        values = self._sketches.sketch(text.runs).digest()
        parts = (values[at : at + _VALUES] for at in range(0, _BANDS * _VALUES, _VALUES))
        written = (f"{number}:{part}".encode() for number, part in enumerate(parts))
        return [int.from_bytes(blake2b(one, digest_size=8).digest(), "big", signed=True) for one in written]

    def _hanging_together(self, start: str) -> set[str]:
        found, waiting = {start}, [start]
        while waiting and len(found) < _MOST:
            text = waiting.pop(0)
            one = self._text(text)
            if one is None:
                continue
            near = sorted(set(self._shelf.texts_beside(self._bands(one))) - found)
            self._read(near)
            for other in near:
                its = self._text(other)
                if its is not None and are_copies(one, its):
                    found.add(other)
                    waiting.append(other)
        return found

    def _voices(self, texts: Iterable[str]) -> dict[str, str]:
        """Return the voice of every report that prints one of some texts."""
        texts = sorted(texts)
        self._read(texts)
        reports = [one for text in texts for one in self._printed[text]]
        voices = {one.heading.id: one.heading.id for one in reports}
        if len(reports) > 1 and self._text(texts[0]) is not None:
            copies = Copies()
            for one in reports:
                copies.add(_report(one))
            for group in copies.comparison().groups:
                voices.update((one.id, group.id) for one in (group.first, *(copy.report for copy in group.copies)))
        return voices

    def _text(self, text: str) -> Compared | None:
        if text not in self._compared:
            self._read([text])
            self._compared[text] = compared(self._printed[text][0].text) if self._printed[text] else None
        return self._compared[text]

    def _read(self, texts: Sequence[str]) -> None:
        self._printed.update(self._shelf.printed([text for text in texts if text not in self._printed]))


def _report(one: Printed) -> Report:
    heading = one.heading
    return Report(
        heading.id,
        one.text,
        title=heading.title,
        url=heading.url,
        outlet=heading.outlet,
        published=heading.published,
        language=heading.language,
        origin=heading.origin,
        page_sha256=heading.page_sha256,
        text_sha256=heading.text_sha256,
    )
