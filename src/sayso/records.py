"""The nouns that pass between rooms: frozen records, standard library only.

The meaning of every field of a claim, and the table by which words become numbers, stand in
``docs/claims.md``. Offsets are Python string offsets (code points) into `Report.text`, end exclusive.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sayso.problems import Problem

Harm = Literal["killed", "injured", "killed_or_injured", "missing", "captured", "abducted", "displaced"]
Kind = Literal["count", "vague", "individual", "zero"]
Qualifier = Literal["exact", "at_least", "at_most", "about", "between", "vague"]
Stance = Literal["asserts", "denies", "doubts"]
Status = Literal["civilian", "combatant", "mixed", "unknown"]
Scope = Literal["incident", "cumulative"]
DateOrder = Literal["day", "month"]
"""Which of the two comes first in a date in figures alone, such as 03/04/2017."""
Lead = Literal["agency", "earliest", "undated"]
ChangeKind = Literal["figure", "headline", "credit", "reworded", "added", "cut", "moved"]
PublishedFrom = Literal["record", "metadata", "tag", "address", "dateline", "text", "given"]
Box = tuple[float, float, float, float]
"""Left, bottom, right and top on a PDF page, in points from its lower left corner."""

HARMS: tuple[Harm, ...] = (
    "killed",
    "injured",
    "killed_or_injured",
    "missing",
    "captured",
    "abducted",
    "displaced",
)

EVENT_ROW = "e-"
"""What the ids of claims begin with that stand in a row of a data set in which each row is an event of its own."""

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a report's text: code-point offsets, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words this span covers in `text`.

        >>> Span(3, 5).of("in 17 towns")
        '17'
        """
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Say whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Given:
    """What is known about a page from outside, by a user or a container; it never overrides what the page says.

    `date_order` alone goes before what a report's own dates and its outlet suggest.
    """

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    date_order: DateOrder | None = None

    def over(self, other: Given) -> Given:
        """Return what this one knows, and what `other` knows beside it.

        >>> Given(title="Flood").over(Given(title="Rain", language="en"))
        Given(title='Flood', url=None, outlet=None, published=None, language='en', date_order=None)
        """
        return Given(
            title=self.title or other.title,
            url=self.url or other.url,
            outlet=self.outlet or other.outlet,
            published=self.published or other.published,
            language=self.language or other.language,
            date_order=self.date_order or other.date_order,
        )


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is known of the answer that brought a page from the web.

    Attributes:
        asked: The address that was asked for.
        final: The address that answered, after all redirects.
        redirects: The status of each redirect and the address it led to, in order.
        status: The answer's status; 304 where the bytes are those of an earlier fetch, which still hold.
        headers: Names and values as they were sent, in order; of a 304, those of the earlier fetch brought up to date.
        at: When the answer began, ISO 8601 in UTC.
        ip: The network address that answered.
        complete: Whether all bytes came that the answer promised.
    """

    asked: str
    final: str
    redirects: tuple[tuple[int, str], ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    at: str
    ip: str
    complete: bool = True

    def header(self, name: str) -> str | None:
        """Return the last value of a header, whatever the case of its name, or None."""
        return next((value for key, value in reversed(self.headers) if key.lower() == name.lower()), None)

    @property
    def charset(self) -> str | None:
        """The encoding that the Content-Type header states, or None."""
        found = _CHARSET.search(self.header("content-type") or "")
        return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they were fetched, never changed.

    Attributes:
        body: The bytes. For a record of a JSON or JSON-lines file, the bytes of that one record.
        where: Where they came from, for people: a path, ``file.jsonl:3`` or ``standard input``.
        media_type: ``text/plain``, ``text/html``, ``application/pdf`` or ``application/json`` (a report
            record), told from the content.
        url: The address it was published at, where known.
        fetched: How it was fetched, for a page from the web.
        charset: The encoding that its server or its container states, which the bytes may belie.
        given: What its container says of it, for what the page does not say itself.
        archive: The archive that it was one of many in; None for a page that a person named by itself. Pages of an
            archive that do not seem to tell of harm to people are counted, not read.
    """

    body: bytes
    where: str
    media_type: str
    url: str | None = None
    fetched: Fetched | None = None
    charset: str | None = None
    given: Given = Given()
    archive: str | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of `body` in hexadecimal, computed when asked for: most pages of an archive never are."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a report that was published at a time of its own, such as an entry of a live ticker.

    Attributes:
        span: Where it stands in the report's text.
        published: ISO 8601 date or date-time of its publication, in the outlet's own local time where that is known.
        title: Its own headline, which stands within its span, where it has one.
    """

    span: Span
    published: str
    title: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication, or None where `published` is no date."""
        return _day(self.published)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a stretch of a report's text stands on its page.

    Attributes:
        span: The stretch: a paragraph or a table's cell of a web page, a line of a PDF. What a report's text adds to
            its page, such as a table's header repeated in each row, lies in no anchor.
        path: For a web page the element that holds it, as an XPath in the page as it was served.
        page: For a PDF the number of the page, from 1.
        boxes: For a PDF a box for each word of the span (as `str.split` parts them); empty where that is not known.
    """

    span: Span
    path: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """The way from a claim back to its page, as far as it is known.

    Attributes:
        link: The report's address with a text fragment that shows the claim's sentence, or with a PDF's page number.
        path: The XPath of the element that holds the claim's figure.
        page: The number of the PDF page that holds it, from 1.
        boxes: Boxes on that page around the words that say how many, one a line.
    """

    link: str | None = None
    path: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One published text, exactly as given or as extracted from its page.

    Attributes:
        id: The id it was given, else one made from the page's hash.
        text: The text all offsets index, never normalised.
        title: The headline, where it is known apart from the text.
        url: Where it was published.
        outlet: Who published it.
        published: ISO 8601 date or date-time of publication in the outlet's own local time.
        language: ISO 639-1 code, or None where it could not be told.
        origin: The agency or others whose text this is by its credit lines, as written; None where none is credited.
            It is not the source of any claim.
        origin_span: Where it is credited, in the text.
        page_sha256: Hash of the page's bytes.
        text_sha256: Hash of the text in UTF-8; computed when left out.
        byline: Who wrote it, as the page names them.
        published_from: What `published` rests on: ``record``, a field of a report record; ``metadata``, the data that
            a web page holds about itself; ``tag``, an element marked as the date; ``address``; ``dateline``, the
            opening of the text; ``text``, words beside the headline or in the text; ``given``, the
            user, or a feed or archive that the page came in.
        passages: Parts with a date of their own, in the order of the text and without overlap.
        anchors: Where the text stands on its page, in the order of the text and without overlap.
        record: What names it through all releases of the data set that it is a record of: a later release succeeds it,
            whatever its bytes. None for whatever is no such record.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    origin: str | None = None
    origin_span: Span | None = None
    page_sha256: str = ""
    text_sha256: str = ""
    byline: str | None = None
    published_from: PublishedFrom | None = None
    passages: tuple[Passage, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    record: str | None = None

    def __post_init__(self) -> None:
        """Fill in the hash, so that a report always carries its own."""
        if not self.text_sha256:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "text_sha256", digest)

    @property
    def day(self) -> date | None:
        """The day of publication in the outlet's own local time, or None."""
        return _day(self.published)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Count:
    """How many people, as a number or range, and the words that say so.

    Attributes:
        low: The lowest number said, or None where the words state no lower bound.
        high: The highest number said, or None where the words state no upper bound.
        qualifier: How the words bound the number.
        phrase: The words that qualify the number, in normal form (``more_than``, ``dozens``); None for a plain
            number.
        kind: ``count``, ``vague``, ``individual`` or ``zero``.
    """

    low: int | None
    high: int | None
    qualifier: Qualifier
    phrase: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what: source, cue and content spans, in the terms of PARC and PolNeAR; each may be broken up."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words behind each slot of a claim; None where the slot is empty or not stated in words.

    `mention` is the pronoun or short form that stood for the source in this place.
    """

    source: Span | None = None
    mention: Span | None = None
    cue: Span | None = None
    via: tuple[Span, ...] = ()
    victims: Span | None = None
    perpetrator: Span | None = None
    means: Span | None = None
    place: Span | None = None
    date: Span | None = None


@dataclass(frozen=True, slots=True)
class Rival:
    """A place that a name may stand for as well.

    Attributes:
        id: GeoNames id; negative for what sayso or the user adds.
        name: The name it is usually given.
        country: ISO 3166-1 alpha-2, or None where it lies in several or none.
        region: The first-level region it lies in, where known.
        score: How well it fits, on the scale of the decimal logarithm of a population.
    """

    id: int
    name: str
    country: str | None
    region: str | None
    score: float


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """What the words for a claim's place were taken for, and what speaks for and against it.

    Attributes:
        name: The name that the gazetteer gives the place; for a street or building, the place around it. None where it
            was left open.
        kind: ``city``, ``region``, ``country``, ``area``, ``sea``, ``facility``, or ``unknown``.
        region: The first-level region it lies in or is, where known.
        town: The town it is or lies in, or, in a region or country, the one that the report tells of; where known.
        score: How well it fits, on the scale of the decimal logarithm of a population; 0 where nothing does.
        reason: Why it was taken or left open, as a sentence.
        rivals: What else the name may stand for, the best first.
    """

    name: str | None
    kind: str
    region: str | None = None
    town: str | None = None
    score: float = 0.0
    reason: str = ""
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, in one place of a report, that a number of people came to a given harm.

    See ``docs/claims.md`` for every field. `attribution` is an index into the reading's attributions.
    `confidence` lies between 0 and 1, rounded to three places. `trace` leads back to the page.
    """

    id: str
    start: int
    end: int
    text: str
    harm: Harm
    kind: Kind
    low: int | None
    high: int | None
    qualifier: Qualifier
    phrase: str | None
    source: str | None = None
    via: tuple[str, ...] = ()
    stance: Stance = "asserts"
    victims: str | None = None
    status: Status = "unknown"
    perpetrator: str | None = None
    means: str | None = None
    place: str | None = None
    place_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    place_prec: int | None = None
    country: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    date_prec: int | None = None
    date_reason: str | None = None
    time: str | None = None
    scope: Scope = "incident"
    sentence: Span = Span(0, 0)
    attribution: int | None = None
    spans: Evidence = field(default_factory=Evidence)
    confidence: float | None = None
    place_match: PlaceMatch | None = None
    trace: Trace = Trace()

    @property
    def span(self) -> Span:
        """The count expression."""
        return Span(self.start, self.end)

    @property
    def time_precision(self) -> int | None:
        """ACLED's ``time_precision``: 1 the very day, 2 a week or less, 3 a month or less; None for what it leaves out.

        ACLED codes no event whose month is not known.
        """
        return {1: 1, 2: 2, 3: 2, 4: 3}.get(self.date_prec or 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one version of the program read in one report."""

    report: Report
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    problems: tuple[Problem, ...] = ()
    program: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing in which a copy is not as the first report.

    Attributes:
        kind: ``figure`` (another number, one put in or one left out), ``headline``, ``credit``, ``reworded``,
            ``added``, ``cut`` or ``moved``.
        before: What the first report has: a figure as written, else its words; None where it has nothing.
        after: What the copy has in its stead; None where it has nothing.
        words: How many words of the first report, or where it has none of the copy, are concerned.
        span_before: Where `before` stands in the first report's text; None for what is not of the text.
        span_after: Where `after` stands in the copy's text.
        sentence_before: The sentence around a figure in the first report.
        sentence_after: The sentence around it in the copy.
    """

    kind: ChangeKind
    before: str | None
    after: str | None
    words: int = 0
    span_before: Span | None = None
    span_after: Span | None = None
    sentence_before: Span | None = None
    sentence_after: Span | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that prints the text of another.

    Attributes:
        report: The report.
        shared: The share of the shorter text's words that stand in long runs in both, between 0 and 1.
        changes: In what it differs, figures first.
    """

    report: Report
    shared: float
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Reports that print one text, and so are one voice.

    Attributes:
        id: A name that depends on the first report's text alone.
        first: The agency's own report where it is there, else the one published first as far as is known.
        lead: Why it is the first: ``agency`` or ``earliest``; ``undated`` where no day of publication is known.
        copies: The other reports, by day.
        origin: The agency that most of them credit, as one of them writes it; None where none does.
    """

    id: str
    first: Report
    lead: Lead
    copies: tuple[Copy, ...]
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Reports laid side by side.

    Attributes:
        reports: How many there were.
        groups: Those that print one text, by the day of their first report.
        too_short: Those with too few words to be compared.
    """

    reports: int
    groups: tuple[CopyGroup, ...] = ()
    too_short: tuple[Report, ...] = ()
