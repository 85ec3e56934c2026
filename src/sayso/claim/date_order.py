"""Whether 03/04/2017 is 3 April or 4 March: as the user says, else as the report shows, else by its outlet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sayso.claim.date_words import lexicon

if TYPE_CHECKING:
    from sayso.records import DateOrder, Report

_NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\w/-])")
_MONTHS = 12
_DAYS = 31


def day_first(report: Report, order: DateOrder | None = None, language: str = "en") -> bool:
    """Say whether dates in figures alone have the day before the month.

    Args:
        report: The report. Its own dates tell where one of them can be read in one way only, and all such agree; its
            outlet and address tell where they are known for the month first, as in the United States.
        order: What the user says, which goes before all else.
        language: The language of the word lists.

    >>> from sayso.records import Report
    >>> day_first(Report("a", "Seen on 03/04/2017.")), day_first(Report("b", "Seen on 03/04/2017 and 03/24/2017."))
    (True, False)
    >>> day_first(Report("c", "Seen on 03/04/2017.", outlet="The Washington Post"))
    False
    """
    if order is not None:
        return order == "day"
    shown = {first > _MONTHS for first, second in _written(report.text) if (first > _MONTHS) != (second > _MONTHS)}
    if len(shown) == 1:
        return shown.pop()
    return not _is_month_first(report, language)


def _written(text: str) -> list[tuple[int, int]]:
    """Return the first two numbers of all dates in figures."""
    pairs = ((int(match[1]), int(match[3])) for match in _NUMERIC.finditer(text))
    return [pair for pair in pairs if max(pair) <= _DAYS]


def _is_month_first(report: Report, language: str) -> bool:
    """Say whether the outlet or its address is known to put the month first."""
    lex = lexicon(language)
    outlet = re.sub(r"^the ", "", (report.outlet or "").strip().lower())
    try:
        host = (urlsplit(report.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    names = {outlet, outlet.removeprefix("www."), host}
    endings = tuple(f".{name}" for name in lex.month_first if "." in name)
    return bool(names & lex.month_first) or host.endswith(endings) or host.endswith((".gov", ".mil", ".us"))
