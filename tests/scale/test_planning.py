"""Inputs to parts: files, lists of inputs, and addresses, which are asked for host by host."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso.ledger import Ledger
from sayso.scale import planning
from sayso.scale.folder import Folder, Planned
from sayso.scale.planning import Inputs, look_up, merged, plan_file, plan_hosts
from tests.scale import local
from tests.web_server import Server, answer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        for number in range(5):
            one.pages[f"/{number}"] = answer(f"{number + 2} people died in Dresk, police said.".encode())
        yield one


def files_of(found: Inputs) -> list[str]:
    return [Path(one.path).name for one in found.files.values()]


def test_inputs_are_found_by_name_folder_pattern_and_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("in/b.jsonl", "in/a.jsonl", "in/.hidden.jsonl", "c.warc", "d ä.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(local.record(1), encoding="utf-8")
    listed = tmp_path / "list.txt"
    listed.write_text("# ours\nc.warc\n\nd ä.jsonl\nnowhere.warc\nhttps://Review.Example/1\n", encoding="utf-8")
    found = look_up(["in", "./in/a.jsonl"], [str(listed)])
    assert files_of(found) == ["a.jsonl", "b.jsonl", "c.warc", "d ä.jsonl"]
    assert all(Path(one.path).is_absolute() for one in found.files.values())
    assert next(iter(found.files.values())).where == "in/a.jsonl"
    assert list(found.addresses) == ["https://review.example/1"]
    assert [(problem.code, problem.where) for problem in found.problems] == [("no-such-file", "nowhere.warc")]
    (gone,) = look_up([], [str(tmp_path / "no-list.txt")]).problems
    assert (gone.code, gone.lost) == ("unreadable", True)


def test_what_is_no_file_is_a_problem_and_never_waits(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = look_up([str(tmp_path / "pipe")])
    (file,) = found.files.values()
    problem = plan_file(file, local.SMALL)
    assert getattr(problem, "code", None) == "not-a-file"


def test_a_list_of_addresses_is_told_by_what_is_in_it_and_only_where_it_is_named(tmp_path: Path) -> None:
    rows = ["url,outlet", *(f"https://{host}.example/{number},Mail" for number in range(250) for host in "ab"), "none,"]
    listed = tmp_path / "rows.csv"
    listed.write_text("\n".join([*rows, rows[1]]), encoding="utf-8")
    found = look_up([str(listed)])
    assert (len(found.addresses), [problem.code for problem in found.problems]) == (500, ["not-an-address"])
    plans = plan_hosts(found.addresses.values())
    assert [one.source for one in plans] == ["host:a.example", "host:b.example"]
    assert [len(part.asked) for part in plans[0].parts] == [planning.AT_ONCE, 50]
    assert plans[0].parts[0].asked[0][2].outlet == "Mail"
    # In a folder it is a file like others: nothing that merely lies there makes anybody ask the web for anything.
    assert look_up([str(tmp_path)]).addresses == {}


def test_a_plan_goes_on_from_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(local.record(1), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(local.record(2), encoding="utf-8")

    def plan(*names: str) -> list[Planned]:
        found = look_up([name if "://" in name else str(tmp_path / name) for name in names])
        cut = [plan_file(file, local.SMALL) for file in found.files.values()]
        plans = [one for one in cut if isinstance(one, Planned)]
        return [*plans, *plan_hosts(found.addresses.values())]

    first = merged([], plan("a.jsonl", "https://review.example/1"))
    second = merged(first, plan("b.jsonl", "https://review.example/2"))
    assert [Path(one.source).name for one in second] == ["a.jsonl", "host:review.example", "b.jsonl"]
    assert [part.asked[0][0] for part in second[1].parts] == ["https://review.example/1", "https://review.example/2"]
    assert merged(second, plan("a.jsonl", "https://review.example/1")) == second
    (tmp_path / "a.jsonl").write_text(local.record(3), encoding="utf-8")
    third = merged(second, plan("a.jsonl"))
    assert third[1:] == second[1:]
    assert third[0].parts != second[0].parts


def test_addresses_are_fetched_within_the_limits_of_the_web_and_kept_as_read(server: Server, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "parts")
    urls = [server.url(f"/{number}") for number in range(5)]
    server.pages["/4"] = answer(b"x" * 5000)
    assert local.planned(folder, urls) == []
    (outcome,) = local.read(folder, server.settings(page_bytes=2000))
    assert (outcome.counts.seen, outcome.counts.reports, outcome.counts.claims) == (4, 4, 4)
    assert [problem.lost for problem in outcome.told] == [True]
    # A private host is asked only where the settings allow it.
    refused = Folder(tmp_path / "refused")
    local.planned(refused, urls)
    (none,) = local.read(refused)
    assert (none.counts.seen, none.counts.lost) == (0, 5)
    asked = len(server.requests)
    with Ledger.create(str(tmp_path / "l.sayso")) as ledger:
        assert local.loaded(folder, ledger).counts.new == 4
        assert {page.url for page in ledger.pages()} == set(urls[:4])
    # What is done is not asked for again.
    assert local.read(folder, server.settings()) == []
    assert len(server.requests) == asked
