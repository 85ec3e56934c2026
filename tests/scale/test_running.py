"""A whole run without Ray, whose rows may get lost as Ray's may: nothing passes for read that was not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sayso.problems import Problem
from sayso.scale.engine import Engine, Work
from sayso.scale.folder import Folder, Planned
from sayso.scale.parts import Outcome
from sayso.scale.planning import File, look_up, plan_file
from sayso.scale.reading import Reader
from sayso.scale.running import Run
from sayso.settings import Web
from tests.scale import local

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.pages.ranges import Sizes
    from sayso.scale.parts import Part


class InThisProcess(Engine):
    """Does the work here, and loses the rows of some inputs or parts the first times that it has them."""

    def __init__(self, lost: dict[str, int] | None = None) -> None:
        super().__init__(None, 1)
        self.lost = lost or {}
        self.cut: list[str] = []

    def loses(self, name: str) -> bool:
        """Say whether a row is lost this time."""
        left = self.lost.get(name, 0)
        self.lost[name] = left - 1
        return left > 0

    def plan(self, inputs: Sequence[File], sizes: Sizes) -> Iterator[tuple[int, Planned | Problem]]:
        """Cut files, the last first, as any of Ray's may be."""
        for number, file in reversed(list(enumerate(inputs))):
            self.cut.append(Path(file.path).name)
            if not self.loses(Path(file.path).name):
                yield number, plan_file(file, sizes)

    def read(self, tasks: Sequence[Sequence[Part]], work: Work) -> Iterator[Outcome]:
        """Read parts."""
        reader = Reader(Folder(Path(work.folder)), work.how, work.web)
        for parts in tasks:
            if not self.loses(f"read {parts[0].line}"):
                yield from reader.read(parts)


def run(folder: Folder, engine: InThisProcess, inputs: list[str]) -> tuple[list[Problem], list[Outcome]]:
    folder.begin(local.HOW)
    whole = Run(engine, folder, local.HOW, Web(), local.SMALL)
    told = [one for one in whole.plan(look_up(inputs)) if isinstance(one, Problem)]
    return told, [one for one in whole.read() if isinstance(one, Outcome)]


def records(tmp_path: Path) -> list[str]:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(local.record(number) for number in range(30)), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(local.record(40), encoding="utf-8")
    return [str(path), str(tmp_path / "b.jsonl")]


def test_a_part_whose_row_is_lost_is_read_in_the_next_turn_and_listed_after_the_last(tmp_path: Path) -> None:
    inputs = records(tmp_path)
    folder = Folder(tmp_path / "once")
    told, outcomes = run(folder, InThisProcess({"read 1": 1}), inputs)
    assert told == []
    assert [one.problem for one in outcomes] == [None] * len(folder.standing().parts)
    assert folder.standing().unread == []
    folder = Folder(tmp_path / "ever")
    _, outcomes = run(folder, InThisProcess({"read 1": 9}), inputs)
    failed = [one.problem for one in outcomes if one.problem]
    assert {problem.code for problem in failed} == {"not-read"}
    assert all(problem.lost for problem in failed)
    standing = folder.standing()
    assert set(standing.failed) == {part.name for part in standing.unread}
    # The next run reads them, and nothing else.
    _, outcomes = run(folder, InThisProcess(), inputs)
    assert [(one.part, one.problem) for one in outcomes] == [(part.name, None) for part in standing.unread]


def test_an_input_that_could_not_be_cut_is_told(tmp_path: Path) -> None:
    inputs = records(tmp_path)
    folder = Folder(tmp_path / "parts")
    told, outcomes = run(folder, InThisProcess({"b.jsonl": 1}), inputs)
    assert [(problem.code, problem.where, problem.lost) for problem in told] == [("not-read", inputs[1], True)]
    assert len(outcomes) > 1


def test_files_that_have_not_changed_are_not_cut_again(tmp_path: Path) -> None:
    inputs = records(tmp_path)
    folder = Folder(tmp_path / "parts")
    run(folder, InThisProcess(), inputs)
    first = folder.plan()
    assert [one.source for one in first] == inputs
    again = InThisProcess()
    assert run(folder, again, inputs) == ([], [])
    assert again.cut == []
    Path(inputs[1]).write_text(local.record(41), encoding="utf-8")
    _, outcomes = run(folder, again, inputs)
    assert again.cut == ["b.jsonl"]
    assert [one.counts.reports for one in outcomes] == [1]
    assert folder.plan()[0] == first[0]
