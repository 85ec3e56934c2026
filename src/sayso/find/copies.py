"""Which reports are prints of one text: fifty papers that print one agency's report are one voice.

Reports are added one at a time; each is compared only with those that its sketch finds (`sketches`), text against text
(`likeness`). A group is a report with all that are copies of it. It stands for nothing but the set of reports: in
whatever order they came, the groups and their names are the same.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

from sayso.find.changes import changes
from sayso.find.compared import compared
from sayso.find.likeness import are_copies, likeness
from sayso.find.origins import agency_of
from sayso.find.sketches import Sketches
from sayso.records import Comparison, Copy, CopyGroup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.find.compared import Compared
    from sayso.records import Report

_NO_DAY = "9999"
"""Sorts reports without a day behind those with one."""


class Copies:
    """Reports by the texts they print.

    Keeps each report; one of 275 words takes some 16 kilobytes, most of them for its places in the index.
    """

    def __init__(self) -> None:
        self._reports = 0
        self._too_short: list[Report] = []
        self._sketches = Sketches()
        # One entry for each different text; what is printed word for word again is not compared again.
        self._texts: list[Compared] = []
        self._prints: list[list[Report]] = []
        self._numbers: dict[bytes, int] = {}
        # A union-find forest of texts, each linked to one that it was found to be a copy of.
        self._parents: list[int] = []

    def add(self, report: Report) -> None:
        """Add a report; it is compared with those only that its sketch finds."""
        self._reports += 1
        text = compared(report.text)
        if text is None:
            self._too_short.append(report)
            return
        number = self._numbers.setdefault(_print(text), len(self._texts))
        if number < len(self._texts):
            self._prints[number].append(report)
            return
        self._texts.append(text)
        self._prints.append([report])
        self._parents.append(number)
        for other in self._sketches.add(number, text.runs):
            # Those that are known to hang together need not be compared again.
            if self._root(other) != self._root(number) and are_copies(text, self._texts[other]):
                self._parents[self._root(other)] = self._root(number)

    def copies_of(self, report: Report) -> tuple[Report, ...]:
        """Return the reports added before whose text this one prints, without adding it."""
        text = compared(report.text)
        if text is None:
            return ()
        same = self._numbers.get(_print(text))
        numbers = [same] if same is not None else self._sketches.near(text.runs)
        found = (n for n in numbers if n == same or are_copies(text, self._texts[n]))
        return tuple(sorted((report for n in found for report in self._prints[n]), key=_order))

    def comparison(self) -> Comparison:
        """Return all groups of two reports or more."""
        return Comparison(self._reports, tuple(self._groups()), tuple(sorted(self._too_short, key=_order)))

    def _groups(self) -> Iterator[CopyGroup]:
        chains: dict[int, list[int]] = {}
        for number in range(len(self._texts)):
            chains.setdefault(self._root(number), []).append(number)
        found = [group for chain in chains.values() for group in self._split(chain)]
        yield from sorted(found, key=lambda group: (*_order(group.first), group.id))

    def _split(self, chain: list[int]) -> Iterator[CopyGroup]:
        """Part a chain of copies into groups: the first report with all that are copies of it, and so on with the rest.

        A roundup that prints two texts whole is a copy of either, but that does not make one voice of the two.
        """
        # The agency of the whole chain, so that its own print leads whoever else was first.
        agency = _agency([report for number in chain for report in self._prints[number]])
        left = sorted(chain, key=lambda number: min(_rank(report, agency) for report in self._prints[number]))
        while left:
            first, *others = left
            members = [n for n in others if are_copies(self._texts[first], self._texts[n])]
            left = [n for n in others if n not in set(members)]
            reports = [report for n in (first, *members) for report in self._prints[n]]
            if len(reports) > 1:
                yield self._group(reports, first, members)

    def _group(self, reports: list[Report], first: int, members: list[int]) -> CopyGroup:
        agency = _agency(reports)
        ranked = sorted(
            ((report, n) for n in (first, *members) for report in self._prints[n]),
            key=lambda pair: (pair[1] != first, _rank(pair[0], agency)),
        )
        head = ranked[0][0]
        copies = sorted(
            (
                Copy(
                    report=report,
                    shared=round(likeness(self._texts[first], self._texts[n]).shared, 3),
                    changes=changes(head, report),
                )
                for report, n in ranked[1:]
            ),
            key=lambda copy: _order(copy.report),
        )
        origins = (report.origin for report in (head, *(copy.report for copy in copies)))
        return CopyGroup(
            id=f"c-{head.text_sha256[:16]}",
            first=head,
            lead="agency" if is_agencys_own(head, agency) else "earliest" if head.published else "undated",
            copies=tuple(copies),
            origin=next((origin for origin in origins if origin and agency_of(origin) == agency), None),
        )

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number


def _print(text: Compared) -> bytes:
    return blake2b(b"|".join(part.tobytes() for part in (text.runs, text.about, text.figures)), digest_size=16).digest()


def is_agencys_own(report: Report, agency: str | None) -> bool:
    """Say whether an agency published this report itself."""
    if agency is None or report.outlet is None:
        return False
    return agency_of(report.outlet) == agency or f" {agency} " in f" {' '.join(report.outlet.casefold().split())} "


def _filed(report: Report) -> str | None:
    return agency_of(report.origin) if report.origin else None


def _agency(reports: list[Report]) -> str | None:
    """Return the agency that most of these reports credit, as it is filed."""
    credited = Counter(filed for filed in map(_filed, reports) if filed)
    return min(credited, key=lambda name: (-credited[name], name)) if credited else None


def _rank(report: Report, agency: str | None) -> tuple[object, ...]:
    return (not is_agencys_own(report, agency), *_order(report))


def _order(report: Report) -> tuple[str, ...]:
    """Return what reports are sorted by: day first, then what else tells them apart."""
    published = report.published or _NO_DAY
    rest = (report.outlet, report.id, report.url, report.title)
    return (published[:10], published, *(part or "" for part in rest), report.text_sha256, report.page_sha256)
