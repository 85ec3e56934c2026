"""When the harm of one claim happened, out of all days that the report names.

Three kinds of day are told apart: the report's own, those on which somebody spoke or did something else that harmed
nobody, and those of events. The words in the claim's own sentence come first, then the sentences before it, then what
follows at once, then what the report opens with. A total over a stretch takes the stretch.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.claim.calendar import Days, in_words, precision
from sayso.claim.date_words import lexicon
from sayso.claim.dates import TimeMention, find_times
from sayso.claim.report_day import own_day
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sayso.claim.attributions import Said
    from sayso.claim.sentences import Sentence
    from sayso.records import Passage, Report, Scope

_BACK = 4
_AHEAD = 2
_LEAD = 3
_OPENING = 4
_DAYS = 2  # the least exact precision that goes over from one sentence to another
_BESIDE = 4  # tokens beside a day that say what happened on it
_ON = frozenset(("on", "the", "of", "in", "at", "late", "early", "earlier", "later", "around", "about"))
_MONTH = 4
_OF_EVENTS = frozenset(("event", "duration"))
_OPENS = 8
_BEFORE_COSTS = 25
_ASIDE_COSTS = 500


@dataclass(frozen=True, slots=True)
class When:
    """The days of a claim, with the words they were read from and how; `span` is None where no words stand behind."""

    date_from: date | None = None
    date_to: date | None = None
    prec: int | None = None
    time: str | None = None
    span: Span | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Dated:
    """A time mention in its sentence, with what the words beside it tell.

    Attributes:
        time: The mention.
        sentence: The number of its sentence.
        aside: It is the day of a meeting, an arrest, a statement.
        eventful: It is the day of something that harms people.
        begins: Something began on it.
        opens: It opens its sentence.
    """

    time: TimeMention
    sentence: int
    aside: bool
    eventful: bool
    begins: bool
    opens: bool


def datings(
    report: Report, sentences: Sequence[Sentence], said: Mapping[int, Sequence[Said]], *, day_first: bool = True
) -> list[tuple[Dating, int]]:
    """Return for each sentence of a report what dates it, and the sentence's number there.

    A passage with a day of its own is dated as a report of its own, and what lies in no passage as another one.
    """
    starts = [passage.span.start for passage in report.passages]
    parts: dict[int, list[int]] = {}
    for number, sentence in enumerate(sentences):
        place = bisect_right(starts, sentence.span.start) - 1
        inside = place >= 0 and sentence.span.start < report.passages[place].span.end
        parts.setdefault(place if inside else -1, []).append(number)
    dated: dict[int, tuple[Dating, int]] = {}
    for place, numbers in parts.items():
        passage = report.passages[place] if place >= 0 else None
        own = [sentences[number] for number in numbers]
        spoken = {at: said[number] for at, number in enumerate(numbers) if number in said}
        dating = Dating(report, own, spoken, day_first=day_first, passage=passage)
        dated |= {number: (dating, at) for at, number in enumerate(numbers)}
    return [dated[number] for number in range(len(sentences))]


class Dating:
    """The days of a report, or of one passage of it, by sentence; `said` gives attributions by their sentence."""

    def __init__(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        said: Mapping[int, Sequence[Said]],
        *,
        day_first: bool = True,
        language: str = "en",
        passage: Passage | None = None,
    ) -> None:
        self.sentences = sentences
        self.words = lexicon(language)
        own = own_day(report.text, report.day, day_first=day_first) if passage is None else None
        self.day = own.day if own is not None else (passage and passage.day) or report.day
        self.times: list[list[_Dated]] = [[] for _ in sentences]
        starts = [s.span.start for s in sentences]
        found: list[list[TimeMention]] = [[] for _ in sentences]
        spans = [passage.span] if passage is not None else _outside_passages(report)
        for time in (time for span in spans for time in self._times_in(report.text, span, day_first=day_first)):
            if time.role != "dateline":
                found[max(0, bisect_right(starts, time.span.start) - 1)].append(time)
        for n, times in enumerate(found):
            self.times[n] = list(self._events(n, times, said.get(n, ())))

    def _times_in(self, text: str, span: Span, *, day_first: bool) -> tuple[TimeMention, ...]:
        return find_times(text, self.day, start=span.start, end=span.end, day_first=day_first)

    def _events(self, n: int, times: Sequence[TimeMention], said: Sequence[Said]) -> Iterator[_Dated]:
        """Leave out days of speaking, but for one on which something is told that happened at a time of that day."""
        hours = [time for time in times if time.role == "time"]
        for time in times:
            speech = _speech(time.span, said, self.sentences[n])
            told = speech is not None and not any(c.holds(hour.span) for hour in hours for c in speech.content)
            if not told or self._names_event(n, time):
                yield self._beside(n, time)

    def _beside(self, n: int, time: TimeMention) -> _Dated:
        """Read the words beside a mention: "met on Monday", "the shooting happened on Monday"."""
        tokens, span = self.sentences[n].tokens, time.span
        first = bisect_left(tokens, span.start, key=lambda token: token.start)
        last = bisect_left(tokens, span.end, key=lambda token: token.start)
        before = [token.lower for token in tokens[max(0, first - _BESIDE) : first]]
        after = [token.lower for token in tokens[last : last + _BESIDE]]
        # The word before counts whatever comes first ("the attack was announced on Monday"); farther ones do alone.
        near = [word for word in before if word not in _ON][-1:] + after[:1]
        near += [] if any(word in self.words.events for word in before) else before
        return _Dated(
            time,
            n,
            aside=not self._names_event(n, time) and any(word in self.words.asides for word in near),
            eventful=any(word in self.words.events for word in (*before[1:], *after[:-1])),
            begins=any(self.words.words.get(word, ("",))[0] == "began" for word in before[1:]),
            opens=span.start - self.sentences[n].span.start <= _OPENS,
        )

    def _names_event(self, n: int, time: TimeMention) -> bool:
        """Say whether a day belongs to an event by its words: "Monday's strike", "the Monday attack"."""
        tokens = self.sentences[n].tokens
        at = bisect_left(tokens, time.span.end, key=lambda token: token.start)
        return at < len(tokens) and (tokens[at].lower == "'s" or tokens[at].lower in self.words.events)

    def when(self, sentence: int, count: Span, cue: Span, scope: Scope) -> When:
        """Say when the harm of a claim happened, as far as the report tells."""
        own = [d for d in self.times[sentence] if self._fits(d, scope)]
        if own:
            best = min(own, key=lambda d: _distance(d.time.span, count, cue) + _ASIDE_COSTS * d.aside)
            if not best.aside:
                return self._as_when(best, sentence, own, ongoing=scope == "cumulative" and best.begins)
        if scope == "cumulative":
            return self._stretch(sentence)
        for near in (self._before(sentence), self._ahead(sentence), self._opening(), self._only):
            day = next((d for d in near if self._goes_over(d)), None)
            if day is not None:
                return self._as_when(day, sentence)
        return When()

    def _before(self, sentence: int) -> Iterator[_Dated]:
        """Yield days of the sentences before in the same paragraph, the nearest sentence first."""
        for n in range(sentence - 1, max(-1, sentence - _BACK - 1), -1):
            if self.sentences[n].paragraph != self.sentences[sentence].paragraph:
                return
            yield from reversed(self.times[n])

    def _ahead(self, sentence: int) -> Iterator[_Dated]:
        """Yield days of the sentences that follow at once, for what the report opens with."""
        if sentence >= _LEAD:
            return
        for n in range(sentence + 1, min(len(self.sentences), sentence + _AHEAD + 1)):
            yield from self.times[n]

    def _opening(self) -> Iterator[_Dated]:
        """Yield the days of the report's first sentences."""
        for times in self.times[:_OPENING]:
            yield from times

    @cached_property
    def _only(self) -> tuple[_Dated, ...]:
        """The one day on which the report says outright that something happened, where there is no second one."""
        told = [d for times in self.times for d in times if self._goes_over(d) and d.eventful]
        days = {(d.time.date_from, d.time.date_to) for d in told}
        return tuple(told[:1]) if len(days) == 1 else ()

    def _goes_over(self, dated: _Dated) -> bool:
        """Say whether a day may date what another sentence tells."""
        time = dated.time
        return self._fits(dated, "incident") and not dated.aside and time.prec <= _DAYS and time.role in _OF_EVENTS

    def _stretch(self, sentence: int) -> When:
        """Date a total whose own sentence names no days: by the stretch spoken of before it, else up to the report."""
        for back, n in enumerate(range(sentence - 1, max(-1, sentence - _BACK - 1), -1)):
            for dated in reversed(self.times[n]):
                if self._fits(dated, "cumulative") and self._is_stretch(dated, next_to=not back):
                    return self._as_when(dated, sentence)
        if self.day is None:
            return When()
        return When(date_to=self.day, reason=f"a total up to the report's day, {in_words(self.day)}")

    def _is_stretch(self, dated: _Dated, *, next_to: bool) -> bool:
        """Say whether a total may be over a mention's days: "since May", "in the past week", a month beside it."""
        return dated.time.role in {"since", "duration"} or (next_to and dated.time.prec == _MONTH)

    def _fits(self, dated: _Dated, scope: Scope) -> bool:
        """Say whether a mention has days that are not to come, and is of the kind that dates such a claim."""
        time = dated.time
        if time.date_from is None and time.date_to is None:
            return False
        if self.day is not None and time.date_from is not None and time.date_from > self.day:
            return False
        return scope == "cumulative" or time.role != "since" or dated.opens

    def _as_when(self, dated: _Dated, sentence: int, near: Iterable[_Dated] = (), *, ongoing: bool = False) -> When:
        """Make an answer of a mention; an `ongoing` one goes on up to the report's day."""
        time, reason = dated.time, dated.time.reason
        last, prec = time.date_to, time.prec
        if ongoing and time.date_from and self.day and time.role == "event":
            last, prec = self.day, max(prec, precision(Days(time.date_from, self.day)))
            reason = f"from then up to the report's day; {reason}"
        clock = time.time or next((d.time.time for d in near if d.time.role == "time"), None)
        if dated.sentence != sentence:
            apart = abs(sentence - dated.sentence)
            where = "before" if dated.sentence < sentence else "after"
            reason += f"; said {apart} sentence{'s' * (apart > 1)} {where}"
        return When(time.date_from, last, prec, clock, time.span, reason)


def _outside_passages(report: Report) -> list[Span]:
    starts = [0, *(passage.span.end for passage in report.passages)]
    ends = [*(passage.span.start for passage in report.passages), len(report.text)]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _distance(time: Span, count: Span, cue: Span) -> int:
    """Characters between a mention and the claim's own words; what stands before them counts as farther."""
    start, end = min(count.start, cue.start), max(count.end, cue.end)
    if time.start >= end:
        return time.start - end
    return start - time.end + _BEFORE_COSTS if time.end <= start else 0


def _speech(time: Span, said: Sequence[Said], sentence: Sentence) -> Said | None:
    """Return the attribution whose speaking a day dates: "said on Monday", "on Monday police said"; None if none."""
    for one in said:
        if time.overlaps(one.cue):
            return one
        near = 0 <= time.start - one.cue.end <= 12
        if near and not any(c.start <= one.cue.end and c.end > time.start for c in one.content):
            opens = any(abs(c.start - time.start) <= 4 for c in one.content)
            if opens or not any(c.holds(time) for c in one.content):
                return one
        # "the ministry on Sunday said", "the ministry said in a statement on Sunday"
        if one.source.end <= time.start and time.end <= one.cue.start and one.cue.start - time.end <= 2:
            return one
        leads = time.start - sentence.span.start <= 15 and 0 <= one.source.start - time.end <= 8
        if leads and 0 <= one.cue.start - one.source.end <= 3:
            return one
    return None
