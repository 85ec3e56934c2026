"""Parts: the same records under the same name, the same bytes whoever reads them, and into a ledger each once."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ledger import Ledger
from sayso.pages.ranges import Sizes
from sayso.problems import Problem, UsageError
from sayso.scale import part_file
from sayso.scale.folder import Folder
from sayso.scale.loading import Loading
from sayso.scale.parts import Counts
from sayso.scale.reading import Reader
from sayso.settings import Web
from tests.scale import local

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return local.make_inputs(tmp_path_factory.mktemp("inputs"))


@pytest.fixture(scope="module")
def ready(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder with all parts read; tests add nothing to it but notes of ledgers."""
    folder = Folder(tmp_path_factory.mktemp("ready") / "parts")
    assert local.planned(folder, inputs) == []
    outcomes = local.read(folder)
    assert [one.problem for one in outcomes] == [None] * len(outcomes)
    return folder


@pytest.fixture(scope="module")
def as_added(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The entries that `sayso add` makes of the same inputs."""
    url = str(tmp_path_factory.mktemp("added") / "l.sayso")
    local.added(url, inputs)
    with Ledger.open(url) as ledger:
        return local.entries(ledger)


def test_parts_make_the_ledger_that_adding_makes(ready: Folder, as_added: list[str], ledger_url: str) -> None:
    standing = ready.standing()
    assert len(standing.parts) > 8
    assert standing.unread == []
    with Ledger.create(ledger_url) as ledger:
        loading = local.loaded(ready, ledger)
        assert local.entries(ledger) == as_added
        assert loading.parts == len(standing.parts)
        # Again: nothing is looked at any more, and nothing comes twice.
        again = local.loaded(ready, ledger)
        assert (again.parts, again.counts.new, again.counts.known) == (len(standing.parts), 0, 0)
        assert local.entries(ledger) == as_added


def test_what_went_wrong_is_told_and_kept(ready: Folder) -> None:
    found: list[Problem] = []
    for part in ready.standing().parts:
        for answer in part_file.read(ready.file_of(part.name)):
            found += [one for one in answer.found if isinstance(one, Problem)]
    assert {"broken-records", "broken-json", "empty-file"} <= {problem.code for problem in found}
    table = pq.read_table(ready.file_of(ready.standing().parts[0].name))
    assert {"where", "url", "outlet", "published", "claims", "body"} <= set(table.column_names)
    assert sum(table.column("claims").to_pylist()) > 0


def test_the_same_records_give_the_same_parts_whoever_reads_them(
    ready: Folder, inputs: list[str], tmp_path: Path
) -> None:
    other = Folder(tmp_path / "parts")
    local.planned(other, inputs)
    local.read(other)
    first, second = ready.standing().parts, other.standing().parts
    assert [part.name for part in first] == [part.name for part in second]
    for part in first:
        assert ready.file_of(part.name).read_bytes() == other.file_of(part.name).read_bytes()


def test_a_record_that_changes_makes_its_part_new_and_no_other(inputs: list[str], tmp_path: Path) -> None:
    folder = Folder(tmp_path / "parts")
    moved = tmp_path / "b.jsonl"
    with open(inputs[0], "rb") as stream:  # noqa: PTH123 - the first input
        moved.write_bytes(stream.read())
    local.planned(folder, [str(moved)])
    before = [part.name for part in folder.standing().parts]
    moved.write_bytes(moved.read_bytes().replace(b"29 people", b"99 people"))
    local.planned(folder, [str(moved)])
    after = [part.name for part in folder.standing().parts]
    assert len(set(before) - set(after)) == len(set(after) - set(before)) == 1


@given(st.integers(0, 60))
@settings(deadline=None, max_examples=6)
def test_loading_that_is_left_anywhere_goes_on_there(
    ready: Folder, as_added: list[str], tmp_path_factory: pytest.TempPathFactory, told: int
) -> None:
    with Ledger.create(str(tmp_path_factory.mktemp("left") / "l.sayso")) as ledger:
        going = Loading(ready, ledger).load(ready.standing(), all_there_are=True)
        for _, _ in zip(range(told), going, strict=False):
            pass
        going.close()  # type: ignore[attr-defined] # a generator
        local.loaded(ready, ledger)
        assert local.entries(ledger) == as_added


def test_parts_are_loaded_in_the_order_of_the_inputs_while_others_are_read(
    inputs: list[str], as_added: list[str], tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "parts")
    local.planned(folder, inputs)
    parts = folder.standing().parts
    reader = Reader(folder, local.HOW, Web())
    with Ledger.create(str(tmp_path / "l.sayso")) as ledger:
        loading = Loading(folder, ledger)
        for part in [*parts[1:], parts[0]]:
            list(reader.read([part]))
            list(loading.load(folder.standing(), all_there_are=False))
            assert (loading.parts == 0) == (part is not parts[0])
        assert local.entries(ledger) == as_added


def test_a_ledger_that_was_put_back_gets_what_it_lacks(ready: Folder, as_added: list[str], tmp_path: Path) -> None:
    place = tmp_path / "l.sayso"
    Ledger.create(str(place)).close()
    empty = place.read_bytes()
    with Ledger.open(str(place)) as ledger:
        local.loaded(ready, ledger)
    for file in tmp_path.glob("l.sayso*"):
        file.unlink()
    place.write_bytes(empty)
    with Ledger.open(str(place)) as ledger:
        local.loaded(ready, ledger)
        assert local.entries(ledger) == as_added


def test_a_later_reading_is_not_undone_by_loading_again(ready: Folder, tmp_path: Path) -> None:
    with Ledger.create(str(tmp_path / "l.sayso")) as ledger:
        local.loaded(ready, ledger)
        answer = next(one for one in part_file.read(ready.file_of(ready.standing().parts[0].name)) if one.page)
        (reading,) = answer.found
        assert answer.page
        assert not isinstance(reading, Problem)
        ledger.add([(answer.page, replace(reading, program="sayso 99", claims=()))], "sayso 99")
        head = ledger.head()
        local.loaded(ready, ledger)
        assert ledger.head() == head


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────────


def one_part(tmp_path: Path, reports: int = 6) -> Folder:
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(local.record(number) for number in range(reports)), encoding="utf-8")
    folder = Folder(tmp_path / "parts")
    local.planned(folder, [str(path)], Sizes())
    assert len(folder.standing().parts) == 1
    return folder


def note(folder: Folder, *pages: int | None) -> None:
    """Leave the notes of processes that were ended, each at a page or before the first."""
    (part,) = folder.standing().parts
    lines = []
    for page in pages:
        lines += ["begun by here 1", *(str(number) for number in range(0 if page is None else page + 1))]
    (folder.path / "trying" / part.name).write_text("\n".join([*lines, ""]), encoding="utf-8")


def test_a_page_that_ends_two_processes_is_left_out_and_told(tmp_path: Path) -> None:
    folder = one_part(tmp_path)
    note(folder, 2, 4, 2)
    (outcome,) = local.read(folder)
    assert outcome.problem is None
    assert (outcome.counts.seen, outcome.counts.reports, outcome.counts.lost) == (6, 5, 1)
    assert [(problem.code, problem.where) for problem in outcome.told] == [("reader-ended", f"{tmp_path}/in.jsonl:3")]
    assert not (folder.path / "trying" / outcome.part).exists()


@pytest.mark.parametrize("at", [(None, None, None), (3, 3, 3), tuple(range(10))])
def test_a_part_that_keeps_ending_processes_is_given_up(tmp_path: Path, at: tuple[int | None, ...]) -> None:
    folder = one_part(tmp_path)
    note(folder, *at)
    (outcome,) = local.read(folder)
    assert outcome.problem
    assert outcome.problem.code == "reader-ended"
    standing = folder.standing()
    assert [standing.state(part) for part in standing.parts] == ["failed"]
    assert standing.failed == {outcome.part: outcome.problem}
    # Tried afresh, it is read.
    folder.settle(outcome.part)
    assert local.read(folder)[0].problem is None


def test_a_file_that_changed_or_went_since_it_was_cut_fails_its_part(tmp_path: Path) -> None:
    folder = one_part(tmp_path)
    path = tmp_path / "in.jsonl"
    body = path.read_bytes()
    path.write_bytes(body + b"\n")
    (changed,) = local.read(folder)
    path.unlink()
    (gone,) = local.read(folder)
    assert (changed.problem and changed.problem.code, gone.problem and gone.problem.code) == ("changed", "unreadable")
    path.write_bytes(body)
    (whole,) = local.read(folder)
    assert whole.problem is None
    assert folder.standing().failed == {}


def test_a_part_that_cannot_be_written_fails_and_leaves_nothing(tmp_path: Path) -> None:
    folder = one_part(tmp_path)
    (folder.path / "parts").rmdir()
    (folder.path / "parts").write_text("in the way", encoding="utf-8")
    parts = [part for one in folder.plan() for part in one.parts]
    (outcome,) = Reader(folder, local.HOW, Web()).read(parts)
    assert outcome.problem
    assert outcome.problem.code == "not-written"


def test_a_worker_with_another_program_reads_nothing(tmp_path: Path) -> None:
    folder = one_part(tmp_path)
    other = replace(local.HOW, program="sayso 0.0.1")
    (outcome,) = Reader(folder, other, Web()).read(folder.standing().unread)
    assert outcome.problem
    assert outcome.problem.code == "other-reader"
    assert "sayso 0.0.1" in outcome.problem.what


@pytest.mark.parametrize("harm", ["cut", "noise", "swapped", "empty"])
def test_a_damaged_part_is_told_and_the_others_are_loaded(
    ready: Folder, inputs: list[str], tmp_path: Path, harm: str
) -> None:
    folder = Folder(tmp_path / "parts")
    local.planned(folder, inputs)
    parts = folder.standing().parts
    for part in parts:
        folder.file_of(part.name).write_bytes(ready.file_of(part.name).read_bytes())
    spoiled = folder.file_of(parts[1].name)
    body = spoiled.read_bytes()
    if harm == "swapped":
        table = pq.read_table(spoiled)
        bodies = [one and b"{}" for one in table.column("body").to_pylist()]
        at = table.column_names.index("body")
        pq.write_table(table.set_column(at, table.schema.field("body"), [bodies]), spoiled)
    else:
        spoiled.write_bytes(
            {"cut": body[: len(body) // 2], "noise": b"PAR1" + b"\x9c" * 900 + b"PAR1", "empty": b""}[harm]
        )
    with Ledger.create(str(tmp_path / "l.sayso")) as ledger:
        loading = Loading(folder, ledger)
        problems = [one for one in loading.load(folder.standing(), all_there_are=True) if isinstance(one, Problem)]
        assert [problem.code for problem in problems] == ["broken-part"]
        assert loading.parts == len(parts) - 1
        assert ledger.verify().problems == ()


def test_a_folder_is_for_one_reader_and_for_parts_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "parts")
    folder.begin(local.HOW)
    folder.begin(local.HOW)
    with pytest.raises(UsageError, match="name another folder"):
        folder.begin(replace(local.HOW, attributions=True))
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds other things"):
        Folder(tmp_path).begin(local.HOW)
    with pytest.raises(UsageError, match="no folder of parts"):
        _ = Folder(tmp_path / "none").how
    (folder.path / "how.json").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be used"):
        _ = folder.how
    with folder.alone(), pytest.raises(UsageError, match="Another run"), folder.alone():
        pass


def test_notes_that_were_cut_off_are_no_harm(tmp_path: Path) -> None:
    folder = one_part(tmp_path)
    local.read(folder)
    with Ledger.create(str(tmp_path / "l.sayso")) as ledger:
        (folder.path / "loaded.jsonl").write_text('{"part": "x", "he', encoding="utf-8")
        local.loaded(folder, ledger)
        (part,) = folder.standing().parts
        assert folder.loaded() == [(part.name, str(ledger.head()))]
    bad = {"source": "a", "parts": [{"name": "../" * 13 + "x", "where": "a"}]}
    plans: tuple[object, ...] = ({"source": 1}, [], bad)
    for plan in plans:
        (folder.path / "plan.jsonl").write_text(json.dumps(plan), encoding="utf-8")
        with pytest.raises(UsageError, match="damaged"):
            folder.plan()


def test_counts_stand_at_the_end_of_a_part(ready: Folder) -> None:
    total = Counts()
    for part in ready.standing().parts:
        found = part_file.counts_of(ready.file_of(part.name))
        total.seen, total.claims = total.seen + found.seen, total.claims + found.claims
    assert total.seen >= 40
    assert total.claims > 40
