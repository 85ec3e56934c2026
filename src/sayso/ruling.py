"""What a person says of a claim in words, as the fields of a decision: every word is looked up in the report.

A claim is true to its report or it is none, and that holds for what people write by hand, too: words that fill a slot
must stand in the text, and figures go with the words that state them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from sayso.plain import to_plain
from sayso.problems import UsageError
from sayso.records import HARMS, Claim, Kind, Qualifier, Scope, Span, Stance, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.records import Evidence, Report

SLOTS = ("source", "victims", "perpetrator", "means", "place")
"""Fields that hold words of the report, one run of them."""

_CHOICES: dict[str, tuple[str, ...]] = {
    "harm": HARMS,
    "kind": get_args(Kind),
    "qualifier": get_args(Qualifier),
    "stance": get_args(Stance),
    "status": get_args(Status),
    "scope": get_args(Scope),
}
_NUMBERS = {
    "low": (0, 10**10),
    "high": (0, 10**10),
    "date_prec": (1, 5),
    "place_prec": (1, 7),
    "place_id": (-(2**53), 2**53),
}
_DAYS = ("date_from", "date_to")
FIELDS = ("words", *SLOTS, "via", *_CHOICES, *_NUMBERS, *_DAYS, "phrase", "time", "country")
"""Every field that can be set; `words` are those that say how many, from which the figures are read."""

_NOWHERE: Mapping[str, Sequence[Span]] = {}
_MOST = 2000
# What a reader works out, and a person does not rule on.
_WORKED_OUT = frozenset({"id", "attribution", "confidence", "place_match", "trace", "date_reason"})


def corrections(
    stated: Sequence[str], claim: Claim, report: Report, *, at: Mapping[str, Sequence[Span]] = _NOWHERE
) -> dict[str, object]:
    """Return what a correction sets.

    Args:
        stated: Each ``field=value``; nothing after the sign empties the field.
        claim: The claim as it stands.
        report: The report it stands in.
        at: Where the words of fields stand, for those that a person selected in the text; words of other fields are
            looked up. Fields that are not stated are passed over.

    Raises:
        UsageError: A field is unknown, a value is none that it can have, or the report does not say the words.
    """
    if not stated:
        raise UsageError('Nothing is set; give --set field=value, such as --set source="the district hospital".')
    return _set(_parts(stated), claim, report, at)


def addition(
    words: str,
    harm: str,
    stated: Sequence[str],
    report: Report,
    *,
    within: str | None = None,
    at: Mapping[str, Sequence[Span]] = _NOWHERE,
) -> dict[str, object]:
    """Return what is set for a claim that was missed.

    Args:
        words: The words that say how many, as they stand in the report.
        harm: What befell the people.
        stated: Each ``field=value`` beside these.
        report: The report.
        within: Words around them, where they stand in the report more than once.
        at: Where the words of fields stand, as for `corrections`; under ``words`` the words that say how many.

    Raises:
        UsageError: As for `corrections`, or the words stand there more than once.
    """
    around = Span(0, len(report.text)) if within is None else _only(within, report.text, Span(0, len(report.text)))
    span = _selected(words, at["words"], report.text)[0] if at.get("words") else _only(words, report.text, around)
    blank = Claim("", span.start, span.end, span.of(report.text), "killed", "count", None, None, "exact", None)
    found = _figure(span, report)
    parts = [("harm", harm), *_parts(stated)]
    if any(name == "words" for name, _ in parts):
        raise UsageError("The words that say how many are given once, not as a field as well.")
    known = {name: value for name, value in to_plain(blank).items() if name not in _WORKED_OUT} | found
    blank = replace(blank, sentence=Span(*found["sentence"]))
    return known | _set(parts, blank, report, at)


def fault(claim: Claim, report: Report) -> str | None:
    """Return why a claim that a person corrected or added is not true to its report, or None.

    It is held to what readers are held to, but for the figures: a person may know better what words come to.
    """
    from sayso.claim import LANGUAGES
    from sayso.claim.numbers import read
    from sayso.claim.verify import check

    language = report.language if report.language in LANGUAGES else LANGUAGES[0]
    count = read(claim.text, language)
    if count is not None:
        claim = replace(claim, low=count.low, high=count.high, qualifier=count.qualifier)
        claim = replace(claim, phrase=count.phrase, kind=count.kind)
    found = check(claim, report, language)
    return None if found is None else found.what.removeprefix("A claim was dropped because ").rstrip(".")


def _parts(stated: Sequence[str]) -> list[tuple[str, str]]:
    """Part each ``field=value``, and refuse what cannot be told."""
    parts: list[tuple[str, str]] = []
    for one in stated:
        name, sign, value = one.partition("=")
        if not sign or name not in FIELDS:
            raise UsageError(f'"{one[:60]}" sets nothing; give field=value with one of {", ".join(FIELDS)}.')
        if any(name == before for before, _ in parts):
            raise UsageError(f"{name} is set twice.")
        if len(value) > _MOST:
            raise UsageError(f"The value of {name} is longer than {_MOST:,} characters.")
        parts.append((name, value.strip()))
    return parts


def _set(
    parts: Sequence[tuple[str, str]], claim: Claim, report: Report, selected: Mapping[str, Sequence[Span]]
) -> dict[str, object]:
    # Words that say how many go first: all other words are looked for around them.
    made: dict[str, Any] = {}
    spans = claim.spans
    at = claim
    for name, value in sorted(parts, key=lambda part: part[0] != "words"):
        given = _selected(value, selected[name], report.text) if value and selected.get(name) else ()
        if name == "words":
            found = given[0] if given else _nearest(value, report.text, at)
            made |= _figure(found, report)
            at = replace(at, start=found.start, end=found.end, sentence=Span(*made["sentence"]))
        elif name in SLOTS or name == "via":
            filled, spans = _filled(name, value, at, spans, report.text, given)
            made |= filled
    named = {name for name, _ in parts}
    for name, value in parts:
        if name not in {"words", "via", *SLOTS}:
            made[name] = _value(name, value)
    if "low" in made or "high" in made:
        _bounds(made, claim, named)
    if spans != claim.spans:
        made["spans"] = to_plain(spans)
    _check_days(made, claim)
    return made


def _filled(
    name: str, value: str, claim: Claim, spans: Evidence, text: str, given: Sequence[Span]
) -> tuple[dict[str, Any], Evidence]:
    """Return what filling a slot by words sets, and the spans with it."""
    if name == "via":
        found = list(given) or [_nearest(one.strip(), text, claim) for one in value.split("|") if one.strip()]
        return {"via": [span.of(text) for span in found]}, replace(spans, via=tuple(found))
    if len(given) > 1:
        raise UsageError(f"{name} is one run of words; {len(given)} were selected.")
    span = given[0] if given else _nearest(value, text, claim) if value else None
    if name == "source":
        spans = replace(spans, mention=None, cue=None)
    slot: dict[str, Any] = {name: span}
    return {name: span.of(text) if span else None}, replace(spans, **slot)


def _figure(span: Span, report: Report) -> dict[str, Any]:
    """Return what the words that say how many set."""
    from sayso.claim import LANGUAGES
    from sayso.claim.numbers import read
    from sayso.claim.sentences import split

    language = report.language if report.language in LANGUAGES else LANGUAGES[0]
    words = span.of(report.text)
    count = read(words, language)
    if count is None:
        raise UsageError(f'"{words[:60]}" does not say how many people; give the words that do.')
    whole = next((one.span for one in split(report.text, language) if one.span.holds(span)), span)
    place = {"start": span.start, "end": span.end, "text": words, "sentence": [whole.start, whole.end]}
    return place | to_plain(count)


def _bounds(made: dict[str, Any], claim: Claim, named: set[str]) -> None:
    """Let the qualifier follow figures that were given without it."""
    low, high = made.get("low", claim.low), made.get("high", claim.high)
    if low is not None and high is not None and low > high:
        raise UsageError(f"The lowest number, {low:,}, is above the highest, {high:,}.")
    if "qualifier" in named:
        return
    if low is None and high is None:
        made["qualifier"] = "vague"
    elif low is None or high is None:
        made["qualifier"] = "at_most" if low is None else "at_least"
    else:
        made["qualifier"] = "exact" if low == high else "between"


def _check_days(made: dict[str, Any], claim: Claim) -> None:
    first, last = (made.get(name, getattr(claim, name)) for name in _DAYS)
    if first and last and first > last:
        raise UsageError(f"The first day, {first}, comes after the last, {last}; set both date_from and date_to.")


def _value(name: str, value: str) -> object:
    """Return a value that is not words of the report, checked."""
    if not value:
        if name in _CHOICES:
            raise UsageError(f"{name} cannot be empty; it is one of {', '.join(_CHOICES[name])}.")
        return None
    if name in _CHOICES and value not in _CHOICES[name]:
        raise UsageError(f'{name} cannot be "{value[:40]}"; it is one of {", ".join(_CHOICES[name])}.')
    if name in _NUMBERS:
        least, most = _NUMBERS[name]
        if not re.fullmatch(r"-?[0-9]{1,17}", value) or not least <= int(value) <= most:
            raise UsageError(f'{name} cannot be "{value[:40]}"; it is a whole number from {least} to {most}.')
        return int(value)
    if name in _DAYS:
        try:
            if date.fromisoformat(value).isoformat() == value:
                return value
        except ValueError:
            pass
        raise UsageError(f'{name} cannot be "{value[:40]}"; it is a day such as 2023-03-15.')
    if name == "country" and not re.fullmatch(r"[A-Z]{2}", value):
        raise UsageError(f'country cannot be "{value[:40]}"; it is a code of two letters such as UA (ISO 3166-1).')
    return value


def _selected(words: str, spans: Sequence[Span], text: str) -> Sequence[Span]:
    """Return spans that a person selected, once it is known that the words stand there; blanks do not matter."""
    if not all(0 <= span.start < span.end <= len(text) for span in spans):
        raise UsageError(f'"{words[:60]}" was selected outside of the text; select it again.')
    there = ["".join(span.of(text).split()) for span in spans]
    if there != ["".join(one.split()) for one in (words.split("|") if len(spans) > 1 else [words])]:
        raise UsageError(f'"{words[:60]}" does not stand where it was selected; select it again.')
    return spans


def _pattern(words: str) -> re.Pattern[str]:
    parts = words.split()
    if not parts:
        raise UsageError("There are no words to look for.")
    return re.compile(r"\s+".join(re.escape(part) for part in parts))


def _nearest(words: str, text: str, claim: Claim) -> Span:
    """Return where words stand: in the claim's sentence where they do, else as near to its figure as they do."""
    found = [Span(*match.span()) for match in _pattern(words).finditer(text)]
    if not found:
        raise _not_there(words)

    def far(span: Span) -> tuple[bool, int, int]:
        return not claim.sentence.holds(span), abs(span.start - claim.start), span.start

    return min(found, key=far)


def _only(words: str, text: str, around: Span) -> Span:
    """Return the one place where words stand."""
    found = [Span(*match.span()) for match in _pattern(words).finditer(text, around.start, around.end)]
    if not found:
        raise _not_there(words)
    if len(found) > 1:
        what = f'"{words[:60]}" stands in the report {len(found)} times'
        raise UsageError(f"{what}; say which by words around it (--within), or select it in the text.")
    return found[0]


def _not_there(words: str) -> UsageError:
    return UsageError(f'The report does not say "{words[:60]}"; give words as they stand in it.')
