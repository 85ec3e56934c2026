"""Tolls for people: an incident under several counting rules side by side, and sums over many incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TextIO

from sayso.export import wording
from sayso.export.layout import INDENT, Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.events import Dossier, Toll
    from sayso.records import Harm, Status

    Group = tuple[Status | None, str | None]

OPEN = "open"
"""What stands for a bound that a rule leaves open."""
_RULE, _NUMBER = 28, 9
"""Columns for the name of a rule, and for each number."""


class Lead(NamedTuple):
    """One claim behind a toll, in words.

    Attributes:
        words: Who says what, and where it was published.
        reason: Why it was set aside; empty where it decided.
    """

    words: str
    reason: str = ""


class Story(NamedTuple):
    """Why a toll is what it is.

    Attributes:
        reason: How it came about, in sentences.
        decided: The claims that decided it.
        aside: Those that were not followed.
        left_open: What stays undecided, in sentences.
    """

    reason: str
    decided: tuple[Lead, ...]
    aside: tuple[Lead, ...]
    left_open: tuple[str, ...]


class Rows(NamedTuple):
    """Tolls that stand in one table: of one harm and one group of people, a row a rule.

    Attributes:
        heading: The harm, and the people where it is not everybody.
        harm: The harm.
        tolls: The tolls.
        civilians: Which of them count civilians alone, in a table of everybody.
    """

    heading: str
    harm: Harm
    tolls: tuple[Toll, ...]
    civilians: frozenset[str]


def tables(tolls: Sequence[Toll]) -> Iterator[Rows]:
    """Yield tolls as tables, harm by harm: everybody, and each status and side of which something else is said."""
    for harm in dict.fromkeys(toll.harm for toll in tolls):
        of_harm = [toll for toll in tolls if toll.harm == harm]
        shown: list[set[tuple[str, int | None, int | None, int | None, str | None]]] = []
        for group in _groups(of_harm):
            of_group = [toll for toll in of_harm if group == _shown_in(toll, of_harm)]
            numbers = {(one.policy, one.low, one.best, one.high, one.label) for one in of_group}
            if any(numbers <= before for before in shown):
                continue
            shown.append(numbers)
            heading = wording.harm(harm).capitalize()
            heading = heading if group == (None, None) else f"{heading}, {_whom(group)}"
            civilians = frozenset(toll.policy for toll in of_group if _group(toll) != group)
            yield Rows(heading, harm, tuple(of_group), civilians)


def write(dossier: Dossier, out: TextIO, stories: Mapping[Toll, Story] | None = None) -> None:
    """Write the tolls of an incident, harm by harm.

    Args:
        dossier: The incident with its tolls, rule by rule.
        out: Where to write.
        stories: For tolls that are to be explained, their explanations; none where it is left out.
    """
    view = _TollsView(out)
    if dossier.incident is not None:
        view.block(view.words((wording.shown(dossier.incident.name) or dossier.incident.id, "bold")))
        view.line(f"{dossier.incident.id}, {_number(len(dossier.claims), 'claim')}")
    view.tables(dossier.tolls, stories or {})
    if not dossier.tolls:
        view.line()
        view.line("None of its claims is of a harm that the rule counts.")


def in_short(stories: Mapping[Toll, Story]) -> Mapping[Toll, Story]:
    """Return explanations without the claims, and none where rules stand side by side: then the numbers speak."""
    if len({toll.policy for toll in stories}) > 1:
        return {}
    return {toll: Story(story.reason, (), (), story.left_open) for toll, story in stories.items()}


def write_sums(tolls: Sequence[Toll], notes: Iterable[str], out: TextIO, heading: str = "") -> None:
    """Write sums over incidents, and what should be known of them.

    Args:
        tolls: The sums, rule by rule.
        notes: Sentences that come after them, such as which incidents overlap.
        out: Where to write.
        heading: What stands above them, where the incidents themselves were written before; nothing otherwise.
    """
    view = _TollsView(out)
    if heading:
        view.block(view.words((heading, "bold")))
    view.tables(tolls, in_short({toll: Story(toll.reason, (), (), toll.left_open) for toll in tolls}))
    view.line()
    for sentence in notes:
        view.told("", [sentence], indent=0)


class _TollsView(Lines):
    def tables(self, tolls: Sequence[Toll], stories: Mapping[Toll, Story]) -> None:
        """Write a table for each harm, and below it one for each status and side that says something else."""
        for rows in tables(tolls):
            self.line()
            self.table(rows, stories)
        if tolls and not stories:
            self.line()
            self.block(self.words((f"{OPEN}: nobody states this bound.  {wording.NOT_SAID}: no one number.", "dim")))

    def table(self, rows: Rows, stories: Mapping[Toll, Story]) -> None:
        """Write one harm and one group of people, a row a rule."""
        heading = rows.heading
        columns = "".join(f"{name:>{_NUMBER}}" for name in ("low", "best", "high"))
        if len(heading) > _RULE:
            self.block(self.words((heading, "bold")))
            heading = ""
        self.line(self.words((f"{heading:<{_RULE}}{columns}", "bold")))
        for number, toll in enumerate(rows.tolls):
            if number and toll in stories:
                self.line()
            self.row(toll, only_civilians=toll.policy in rows.civilians)
            if toll in stories:
                self.story(stories[toll])

    def row(self, toll: Toll, *, only_civilians: bool) -> None:
        """Write one toll."""
        notes = [wording.shown(toll.label)] if toll.label else []
        notes += ["civilians"] if only_civilians else []
        numbers = "".join(f"{number:>{_NUMBER}}" for number in (_bound(toll.low), _best(toll), _bound(toll.high)))
        if toll.low is None and toll.best is None and toll.high is None:
            numbers = f"{'no number':>{3 * _NUMBER}}"
        beside = f"  {', '.join(notes)}" if notes else ""
        self.line(self.words(f"{wording.shown(toll.policy):<{_RULE}}{numbers}{beside}"))

    def story(self, story: Story) -> None:
        """Write an explanation under its toll."""
        self.told("", [story.reason])
        self.told("Decided by", [lead.words for lead in story.decided])
        self.told("Set aside", [f"{lead.words}. {lead.reason}" for lead in story.aside])
        self.told("Left open", story.left_open)

    def told(self, heading: str, sentences: Sequence[str], indent: int = INDENT) -> None:
        """Write sentences under a heading, each on lines of its own."""
        if heading and sentences:
            self.line(self.words((heading, "bold")), indent=indent)
            indent += 2
        for sentence in sentences:
            for number, line in enumerate(self.wrapped(self.words(wording.shown(sentence)), self.width - indent - 2)):
                self.line(line, indent=indent if number == 0 else indent + 2)


def _group(toll: Toll) -> Group:
    return toll.status, toll.side


def _groups(tolls: Iterable[Toll]) -> list[Group]:
    """Return the groups of people in tolls of one harm, everybody first."""
    wanted = {_group(toll) for toll in tolls} | {(None, None)}
    return sorted(wanted, key=lambda group: (sum(part is not None for part in group), group[0] or "", group[1] or ""))


def _shown_in(toll: Toll, tolls: Iterable[Toll]) -> Group:
    """Return the table that a toll stands in: that of everybody, for the whole of a rule that counts only civilians."""
    group = _group(toll)
    if group == ("civilian", None) and not any(
        one.policy == toll.policy and _group(one) == (None, None) for one in tolls
    ):
        return None, None
    return group


def _whom(group: Group) -> str:
    status, side = group
    people = {"civilian": "civilians", "combatant": "combatants"}.get(status or "", "people")
    return people if side is None else f"{people} of {wording.shown(side)}"


def _bound(number: int | None) -> str:
    return OPEN if number is None else f"{number:,}"


def _best(toll: Toll) -> str:
    return wording.NOT_SAID if toll.best is None else f"{toll.best:,}"


def _number(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
