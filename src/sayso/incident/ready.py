"""What grouping asks that is a function of one report, or of one incident's claims: so that somebody else may do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from sayso.incident.block import keys
from sayso.incident.describe import described
from sayso.incident.stories import stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Incident, Kept
    from sayso.incident.describe import Unit
    from sayso.incident.told import Story, Told


class Ready(NamedTuple):
    """A story that is ready to be entered: with its claims, its keys, and perhaps what an index in memory keeps."""

    story: Story
    claims: tuple[Kept, ...]
    keys: frozenset[int]
    held: tuple[bytes, bytes] | None = None


class Helper(Protocol):
    """Who makes reports ready and describes incidents: this process alone, or others beside it."""

    def ready(self, reports: Iterable[Told]) -> Iterator[tuple[Told, Sequence[Ready]]]:
        """Yield each report with its stories, in order; what goes wrong with one is raised when its turn comes."""

    def described(self, groups: Iterable[Sequence[Unit]]) -> Iterator[Incident]:
        """Yield each group as an incident, in order, without its joins."""


class Alone:
    """This process does it, one after the other."""

    def ready(self, reports: Iterable[Told]) -> Iterator[tuple[Told, Sequence[Ready]]]:
        """Yield each report with its stories, in order."""
        return ((told, ready(told)) for told in reports)

    def described(self, groups: Iterable[Sequence[Unit]]) -> Iterator[Incident]:
        """Yield each group as an incident, in order, without its joins."""
        return (described(group, ()) for group in groups)


def ready(told: Told) -> list[Ready]:
    """Return the stories of a report, ready to be entered."""
    return [Ready(story, claims, keys(story)) for story, claims in stories(told)]
