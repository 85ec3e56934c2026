"""Reads the invented set: incidents told by many reports in rival voices, with which incident each figure is about.

A file of ``told/`` holds one story. It opens with its incidents, one a line:

    incident KEY = what it was | place | country | day or FROM..TO | sub-event type after ACLED, or nothing
    period KEY = what a total over several events covers | place | country | FROM..TO

Then come its reports. A report begins with ``== KEY | outlet | published | voice``; the next line is its headline, and
its text follows a blank line. In the text ``[17 conscripts](barracks:k)`` marks a figure: the words are those in the
brackets, the incident is ``barracks`` of the same story (``dresk-barracks`` elsewhere), and the letter says the harm.
``<<m1 1-3>>`` stands for the paragraphs 1 to 3 of report m1, which is how prints of an agency's text are written.

A story with ``heldout: yes`` is for measuring only: nobody writes a rule after it or tunes a figure on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.records import Harm, Report, Span

FOLDER = Path(__file__).parent / "told"
HARMS: dict[str, Harm] = {
    "k": "killed",
    "i": "injured",
    "b": "killed_or_injured",
    "m": "missing",
    "c": "captured",
    "a": "abducted",
    "d": "displaced",
}
_MARK = re.compile(r"\[([^\[\]\n]+)\]\(([a-z0-9-]+):([a-z])\)")
_INCLUDED = re.compile(r"<<(\w+) (\d+)-(\d+)>>")


@dataclass(frozen=True, slots=True)
class ToldIncident:
    """An incident as we invented it, or what a total over several covers."""

    id: str
    scope: str
    name: str
    place: str
    country: str
    date_from: str
    date_to: str
    type: str | None
    heldout: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure in a report: where it stands, the words of it, whom it counts, and which incident it is about."""

    span: Span
    quote: str
    incident: str
    harm: Harm


@dataclass(frozen=True, slots=True)
class ToldReport:
    """A report with its marks. `copy_of` is the report whose paragraphs it prints, or None."""

    report: Report
    voice: str
    marks: tuple[Mark, ...]
    copy_of: str | None
    heldout: bool

    def incident_of(self, span: Span) -> str | None:
        """Return the incident that a figure found at `span` is about, or None where nothing is marked there."""
        return next((mark.incident for mark in self.marks if mark.span.overlaps(span)), None)


@dataclass(frozen=True, slots=True)
class ToldSet:
    """All incidents by id, and all reports in the order of the files."""

    incidents: dict[str, ToldIncident]
    reports: tuple[ToldReport, ...]

    def part(self, *, heldout: bool) -> ToldSet:
        """Return the held-out part, or the part that rules may be written after."""
        return ToldSet(
            {key: one for key, one in self.incidents.items() if one.heldout == heldout},
            tuple(one for one in self.reports if one.heldout == heldout),
        )


@cache
def told(folder: Path = FOLDER) -> ToldSet:
    """Read the whole set, or other stories that are written down in the same way."""
    incidents: dict[str, ToldIncident] = {}
    reports: list[ToldReport] = []
    for file in sorted(folder.glob("*.txt")):
        head, *parts = re.split(r"^== ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        story = file.stem
        heldout = "\nheldout: yes\n" in head
        for line in head.splitlines():
            if line.startswith(("incident ", "period ")):
                one = _incident(line, story, heldout=heldout)
                incidents[one.id] = one
        paragraphs: dict[str, list[str]] = {}
        reports += [_report(part, story, paragraphs, heldout=heldout) for part in parts]
    return ToldSet(incidents, tuple(reports))


def _incident(line: str, story: str, *, heldout: bool) -> ToldIncident:
    left, _, right = line.partition(" = ")
    scope, key = left.split()
    name, place, country, days, *kind = (cell.strip() for cell in right.split("|"))
    first, _, last = days.partition("..")
    scope = "event" if scope == "incident" else "period"
    return ToldIncident(
        f"{story}-{key}", scope, name, place, country, first, last or first, (kind or [""])[0] or None, heldout
    )


def _report(part: str, story: str, paragraphs: dict[str, list[str]], *, heldout: bool) -> ToldReport:
    heading, title, *body = part.strip().split("\n")
    key, outlet, published, voice = (cell.strip() for cell in heading.split("|"))
    copied = next((found[1] for line in body if (found := _INCLUDED.match(line))), None)
    raw: list[str] = []
    for paragraph in body:
        included = _INCLUDED.fullmatch(paragraph.strip())
        if included:
            raw += paragraphs[included[1]][int(included[2]) - 1 : int(included[3])]
        elif paragraph.strip():
            raw.append(paragraph.strip())
    paragraphs[key] = raw
    text, marks = _without_marks("\n\n".join(raw), story, upper=voice == "upper")
    url = f"https://{_slug(outlet)}.example/{published[:10].replace('-', '/')}/{_slug(title)}"
    report = Report(f"{story}-{key}", text, title, url, outlet, published, "en", published_from="record")
    return ToldReport(report, voice, marks, f"{story}-{copied}" if copied else None, heldout)


def _without_marks(raw: str, story: str, *, upper: bool) -> tuple[str, tuple[Mark, ...]]:
    text, marks, at = "", [], 0
    for found in _MARK.finditer(raw):
        before, words = raw[at : found.start()], found[1]
        if upper:
            before, words = before.upper(), words.upper()
        text += before
        span = Span(len(text), len(text) + len(words))
        incident = found[2] if "-" in found[2] else f"{story}-{found[2]}"
        marks.append(Mark(span, words, incident, HARMS[found[3]]))
        text += words
        at = found.end()
    rest = raw[at:]
    return text + (rest.upper() if upper else rest), tuple(marks)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
