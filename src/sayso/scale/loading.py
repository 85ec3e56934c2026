"""Parts into a ledger, by one process and in the order of the plan: the entries that reading them here would have made.

Whatever moment the program is ended at, loading again adds what is missing and nothing twice. A part that the ledger
took in as a whole is passed over: after its last page the ledger's head is written down, and whoever has that head has
all that came before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.adding import Adding, Kept
from sayso.problems import Problem
from sayso.scale import part_file
from sayso.verifying import head_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.adding import Counts
    from sayso.ledger.store import Ledger
    from sayso.pool import Answer
    from sayso.scale.folder import Folder, Standing
    from sayso.scale.parts import Part


@dataclass(slots=True)
class Loading:
    """Loads the parts of one folder into one ledger.

    Attributes:
        folder: The folder.
        ledger: The ledger.
        counts: What it has come to so far.
        parts: How many parts are in the ledger, those included that were there already.
    """

    folder: Folder
    ledger: Ledger
    counts: Counts = field(init=False)
    parts: int = 0
    _at: int = field(default=0, init=False)
    _adding: Adding = field(init=False, repr=False)
    _loaded: set[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look up which parts the ledger has already."""
        self._adding = Adding(self.ledger, self.folder.how.program)
        self.counts = self._adding.counts
        self._loaded = {part for part, head in self.folder.loaded() if self._has(head)}

    def load(self, standing: Standing, *, all_there_are: bool) -> Iterator[Kept | Problem]:
        """Load parts that are done, in the order of the plan, from where this was left the last time.

        Args:
            standing: How far the folder is.
            all_there_are: Whether to go on behind parts that are not done; else the first of them is waited for, so
                that the ledger's entries come in the order of the inputs.

        Yields:
            A Kept for each report, once it is on the disk; a Problem for all else.

        Raises:
            LedgerError: The ledger cannot be written to. What was yielded before is kept.
        """
        while self._at < len(standing.parts):
            part = standing.parts[self._at]
            if part.name in standing.done:
                yield from self._one(part)
            elif not all_there_are:
                return
            self._at += 1

    def _one(self, part: Part) -> Iterator[Kept | Problem]:
        if part.name in self._loaded:
            self.parts += 1
            return
        path = self.folder.file_of(part.name)
        try:
            # What went wrong in its pages was told when they were read.
            yield from (kept for kept in self._adding.keep(_sound(part_file.read(path))) if isinstance(kept, Kept))
        except part_file.BrokenPartError as error:
            what = f"Its file {path} is damaged: {error}."
            yield Problem("broken-part", part.called, what, "Take the file away, and read its part again.", lost=True)
            return
        self.folder.mark_loaded(part.name, str(self.ledger.head()))
        self.parts += 1

    def _has(self, printed: str) -> bool:
        """Say whether the ledger went through a head."""
        try:
            head = head_of(printed)
        except ValueError:
            return False
        if not head.entries:
            return False
        found = self.ledger.log(before=head.entries + 1, limit=1)
        return bool(found) and found[0].number == head.entries and found[0].link == head.link


def _sound(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Pass answers on that are what they say: a page of the bytes that its reading is of."""
    for answer in answers:
        readings = [one for one in answer.found if not isinstance(one, Problem)]
        if len(readings) > 1 or any(answer.page is None for _ in readings):
            raise part_file.BrokenPartError("it holds a reading of no page")
        if any(answer.page and one.report.page_sha256 != answer.page.sha256 for one in readings):
            raise part_file.BrokenPartError("the bytes of a page are not those that were read")
        yield answer
