"""The texts on the shelf: which reports print them, what else they are found by, and whose voice each report is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from sayso.events import Heading
from sayso.ledger import shelf_tables as shelf
from sayso.ledger import tables
from sayso.ledger.shelf_tables import parts
from sayso.plain import from_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Printed:
    """A report with its text, without its claims."""

    heading: Heading
    text: str


class Texts:
    """Texts on the shelf, each known by its hash, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def voices(self, reports: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Return by report the hash of its text and its voice; those that are not there are left out."""
        table = shelf.report_voices
        found: dict[str, tuple[str, str]] = {}
        for part in parts(reports):
            rows = self._connection.execute(select(table).where(table.c.report.in_(part)))
            found.update((row.report, (row.text, row.voice)) for row in rows)
        return found

    def texts_of_voices(self, voices: Iterable[str]) -> set[str]:
        """Return the texts of the reports of some voices."""
        table = shelf.report_voices
        found: set[str] = set()
        for part in parts(sorted(voices)):
            found.update(self._connection.scalars(select(table.c.text).where(table.c.voice.in_(part)).distinct()))
        return found

    def put_voices(self, voices: Mapping[str, tuple[str, str]]) -> None:
        """Put reports on the shelf with the hash of the text and the voice of each, in the place of what is there."""
        self.drop_voices(list(voices))
        rows = [{"report": report, "text": text, "voice": voice} for report, (text, voice) in voices.items()]
        if rows:
            self._connection.execute(insert(shelf.report_voices), rows)

    def drop_voices(self, reports: Sequence[str]) -> None:
        """Take reports off the shelf."""
        for part in parts(reports):
            self._connection.execute(delete(shelf.report_voices).where(shelf.report_voices.c.report.in_(part)))

    def texts_without_reports(self, texts: Iterable[str]) -> set[str]:
        """Return those texts that no report on the shelf has."""
        return set(texts) - self._those_there(shelf.report_voices.c.text, texts)

    def texts_without_bands(self, texts: Iterable[str]) -> list[str]:
        """Return those texts that stand under no band, in order."""
        return sorted(set(texts) - self._those_there(shelf.text_bands.c.text, texts))

    def _those_there(self, column: object, texts: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for part in parts(sorted(set(texts))):
            found.update(self._connection.scalars(select(column).where(column.in_(part)).distinct()))  # type: ignore[attr-defined, call-overload] # a column
        return found

    def put_bands(self, bands: Mapping[str, Sequence[int]]) -> None:
        """Put texts under bands."""
        rows = [{"band": band, "text": text} for text, each in bands.items() for band in sorted(set(each))]
        if rows:
            self._connection.execute(insert(shelf.text_bands), sorted(rows, key=lambda row: (row["band"], row["text"])))

    def drop_bands(self, text: str) -> None:
        """Take a text from under its bands."""
        self._connection.execute(delete(shelf.text_bands).where(shelf.text_bands.c.text == text))

    def texts_beside(self, bands: Sequence[int]) -> set[str]:
        """Return the texts that stand under any of some bands."""
        table = shelf.text_bands
        found: set[str] = set()
        for part in parts(bands):
            found.update(self._connection.scalars(select(table.c.text).where(table.c.band.in_(part)).distinct()))
        return found

    def printed(self, texts: Sequence[str]) -> dict[str, list[Printed]]:
        """Return by text the reports on the shelf that print it, as they stand in the ledger."""
        found: dict[str, list[Printed]] = {text: [] for text in texts}
        voices, reports, entries = shelf.report_voices, tables.reports, tables.entries
        for part in parts(texts):
            query = select(voices.c.text, reports.c.heading, entries.c.content)
            query = query.join(reports, reports.c.report == voices.c.report).where(reports.c.until.is_(None))
            query = query.join(entries, entries.c.number == reports.c.number).where(voices.c.text.in_(part))
            for row in self._connection.execute(query.order_by(voices.c.report)):
                if row.content is not None:
                    text = json.loads(row.content)["report"]["text"]
                    found[row.text].append(Printed(from_plain(Heading, json.loads(row.heading)), text))
        return found
