"""All who speak in a report, and what speaks for each of them as the source of one claim."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sayso.claim.judging import ROLE_EVIDENCE, Option, named_alike, weighed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sayso.claim.propose import Proposed
    from sayso.claim.sentences import Sentence
    from sayso.records import Span

_FAR, _MANY, _LONG, _LATE = 6, 10, 40, 10
_OUT_OF_REACH = -3.0
_CIRCUMSTANCES, _STANDING = 10, 15
EVIDENCE = ROLE_EVIDENCE + 3 + _CIRCUMSTANCES + _STANDING
"""How many figures speak for an option."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words for somebody who speaks: their sentence, and whether patterns or the claim heads took them for a source."""

    span: Span
    sentence: int
    ruled: bool


class Places(NamedTuple):
    """Where a speaker's words stand in the report: what is the same for every claim.

    Attributes:
        sentences: The numbers of their sentences.
        paragraphs: The numbers of their paragraphs.
        mentions: How many times they stand in it.
        ruled: Whether patterns took any of them for a source.
        ruled_throughout: Whether patterns took all of them for one.
    """

    sentences: frozenset[int]
    paragraphs: frozenset[int]
    mentions: int
    ruled: bool
    ruled_throughout: bool


class Accounts:
    """The speakers of one report.

    Args:
        text: The report's text.
        sentences: Its sentences.
        ruled: The sources that patterns find.
        tied: Those that the heads tie to some claim.
        called: Gives the name that words stand for; words of one name are one speaker.
        headed: Whether the report is a statement under its author's letterhead.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        *,
        ruled: Iterable[Span],
        tied: Iterable[Span],
        called: Callable[[Span], Span],
        headed: bool,
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.span.start for sentence in sentences]
        self._headed = headed
        self._speakers: dict[str, list[Spoken]] = {}
        for spans, by_rule in ((ruled, True), (tied, False)):
            for span in spans:
                self._speakers.setdefault(self._named(called(span)), []).append(self._spoken(span, ruled=by_rule))
        self._mentions = sum(map(len, self._speakers.values())) or 1
        self._known = {name: self._places(spans) for name, spans in self._speakers.items()}
        self._words = {name: frozenset(one.span for one in spans) for name, spans in self._speakers.items()}

    def options(
        self,
        proposed: Proposed,
        count: Span,
        near: Sequence[Option],
        weights: Sequence[float],
        called: Callable[[Span], Span],
    ) -> list[Option]:
        """List who may be the source of a claim, the report's own voice among them, with what speaks for each.

        Args:
            proposed: The claim.
            count: Its count expression.
            near: Those whom the rules and the heads consider, with the evidence of `sayso.claim.judging`.
            weights: The judge's weights of that evidence.
            called: Gives the name that words stand for, as to all speakers. It is not kept, since whoever gives names
                holds this too, and then neither would go before Python looks for garbage.
        """
        judged = {
            None if one.span is None else self._named(called(one.span)): (one, weighed(one, weights)) for one in near
        }
        most = max((weight for _, weight in judged.values()), default=0.0)
        out: list[Option] = []
        for name in dict.fromkeys([None, *judged, *self._speakers]):
            option, weight = judged.get(name, (None, None))
            shown = (0.0,) * ROLE_EVIDENCE if option is None else option.evidence
            against = (0.0, 0.0, _OUT_OF_REACH) if weight is None else (weight, 1.0, weight - most)
            if name is None:
                span, apart = None, (*self._circumstances(proposed), *(0.0,) * _STANDING)
            else:
                spans, places = self._speakers.get(name, []), self._known.get(name)
                if option is not None and option.span is not None and option.span not in self._words.get(name, ()):
                    places = self._places([self._spoken(option.span, ruled=False), *spans])
                span = option.span if option is not None else _nearest(spans, count)
                standing = self._standing(places or self._places(spans), span, proposed.sentence, count, known=option)
                apart = (*(0.0,) * _CIRCUMSTANCES, *standing)
            out.append(Option(span, (*shown, *against, *apart)))
        return out

    def _circumstances(self, proposed: Proposed) -> tuple[float, ...]:
        """Say where in the report a claim stands, which speaks for or against the report's own voice."""
        n, last = proposed.sentence, len(self._sentences) - 1
        here = self._sentences[n].paragraph
        kind = proposed.harmed.mention.count.kind
        return (
            1.0,
            float(n == 0),
            float(n == last),
            min(n, _LATE) / _LATE,
            float(here == self._sentences[0].paragraph),
            float(n > 0 and self._sentences[n - 1].paragraph == here),
            min(len(self._speakers), _MANY) / 5,
            float(kind == "individual"),
            float(kind == "vague"),
            float(self._headed),
        )

    def _places(self, spans: Sequence[Spoken]) -> Places:
        """Say where a speaker's words stand in the report."""
        sentences = frozenset(one.sentence for one in spans)
        ruled = [one.ruled for one in spans]
        paragraphs = frozenset(self._sentences[m].paragraph for m in sentences)
        return Places(sentences, paragraphs, len(spans), any(ruled), all(ruled))

    def _standing(
        self, places: Places, nearest: Span | None, n: int, count: Span, *, known: Option | None
    ) -> tuple[float, ...]:
        """Say where a speaker's words stand, seen from a claim."""
        sentences, paragraphs = places.sentences, places.paragraphs
        here = self._sentences[n].paragraph
        before = [m for m in sentences if m <= n]
        same = nearest is not None and self._number(nearest) == n
        return (
            float(known is None),
            float(n in sentences),
            float(n - 1 in sentences),
            float(n + 1 in sentences),
            min(n - max(before), _FAR) / _FAR if before else 1.0,
            float(here in paragraphs),
            float(here - 1 in paragraphs),
            float(0 in sentences),
            float(not before),
            places.mentions / self._mentions,
            float(len(self._speakers) <= 1),
            float(places.ruled),
            float(not places.ruled_throughout),
            float(same and nearest is not None and nearest.start < count.start),
            float(same and nearest is not None and nearest.start > count.start),
        )

    def _spoken(self, span: Span, *, ruled: bool) -> Spoken:
        return Spoken(span, self._number(span), ruled)

    def _number(self, span: Span) -> int:
        return max(0, bisect_right(self._starts, span.start) - 1)

    def _named(self, name: Span) -> str:
        return named_alike(name.of(self._text))


def _nearest(spans: Sequence[Spoken], count: Span) -> Span:
    """Return the words nearest to a count, those before it first."""
    return min((one.span for one in spans), key=lambda span: (span.start > count.start, abs(span.start - count.start)))
