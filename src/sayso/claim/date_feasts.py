"""Readings of feasts and their days: "Eid al-Fitr", "Easter Monday 2015", "the third day of Eid", "17 Ramadan"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sayso.claim import calendar
from sayso.claim.calendar import DAY, MONTH, Days
from sayso.claim.date_readings import Hit, Reading, as_of, unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.claim.calendar import Feast


def feast(hit: Hit) -> Reading | None:
    """Read a feast: in the year said, else the latest that began by the report's day."""
    if _names_after_feast(hit):
        return None
    if hit.year is None and hit.day is None:
        return unknown(DAY)
    found = _feast_nearest(hit)
    if found is None:
        return None
    rule, days = found
    prec = MONTH if rule.days > 7 else calendar.precision(days)
    return as_of(_of_feast(hit, rule, days, prec), hit.day)


def day_of_feast(hit: Hit) -> Reading | None:
    """Read "the third day of Eid", "the start of Ramadan", "the last day of Ramadan", "17 Ramadan"."""
    if _names_after_feast(hit) or (hit.has("unit") and hit.word("unit") != "day"):
        return None
    if hit.year is None and hit.day is None:
        return unknown(DAY)
    found = _feast_nearest(hit)
    if found is None or (not hit.has("unit", "edge") and found[0].days < 28):
        return None
    rule, days = found
    if hit.row.classes[hit.first] == "last" or hit.word("edge") == "late":
        number = rule.days
    else:
        number = 1 if hit.has("edge") else hit.number("ordinal", "day")
    one = calendar.day_of_feast(rule, days, number)
    if hit.word("edge") == "mid" or number > max(rule.days, 7) or (hit.day and one.first > hit.day):
        return None
    return as_of(_of_feast(hit, rule, one, calendar.precision(one)), hit.day)


def _names_after_feast(hit: Hit) -> bool:
    """Say whether the words name a thing: "Christmas Island", "the 10th of Ramadan City", "al-Ashura camp"."""
    if hit.row.kind(hit.first - 1) == "dash":
        return True
    capital = hit.row.words(hit.last)[:1].isupper() or hit.row.classes[hit.first] in {"ordinal", "day"}
    before = hit.row.kind(hit.first - 1) == "of" and hit.row.kind(hit.first - 2) in {"ordinal", "day"}
    return hit.next_kind == "named" and (capital or before)


def _feast_nearest(hit: Hit) -> tuple[Feast, Days] | None:
    """Return the feast that is meant: in the year said, else the latest that began by the report's day."""
    rule = hit.lex.feasts[hit.word("feast")]
    rules = [rule, hit.lex.feasts[rule.also]] if rule.also else [rule]
    year, day = hit.year, hit.day or date.min
    among = [year] if year is not None else range(day.year - 2, day.year + 3)
    options = [(each, days) for each in rules for one in among for days in calendar.feast_days(each, one)]
    options.sort(key=lambda option: option[1].first)
    if year is None:
        options = [option for option in options if (option[1].first > day) == hit.has("next")]
        options = options[:1] if hit.has("next") else options
    return options[-1] if options else None


def _of_feast(hit: Hit, rule: Feast, days: Days, prec: int) -> Reading:
    moon = ", by the moon, so a day either way" if rule.rule == "islamic" else ""
    words = " ".join(hit.row.words(at) for at in range(hit.first, hit.last))
    return Reading(days, prec, f"{words}{moon}", dated=hit.year is not None, future=hit.has("next"))


READINGS: dict[str, Callable[[Hit], Reading | None]] = {"feast": feast, "day_of_feast": day_of_feast}
"""The readings of this module by the names that shapes use."""
