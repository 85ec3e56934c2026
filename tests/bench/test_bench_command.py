"""The command line of the benchmarks, from folders to tables, with readings that were written before."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.cli import main
from bench.heldout import held_out

TEXT = "Rescuers in Orvelo said 14 people were killed and six hurt when the quay gave way."
OTHER = "The harbour office said nobody was hurt."


def claim(words: str, low: int, text: str = TEXT, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    start = text.index(words)
    where = {"start": start, "end": start + len(words), "text": words}
    return where | {"harm": "killed", "kind": "count", "low": low, "high": low, "source": "Rescuers"} | more


CLAIMS = [claim("14 people", 14), claim("six", 6, harm="injured")]


def put(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{json.dumps(row)}\n" for row in rows).encode())
    return path


def reading(name: str, *claims: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    return {"report": {"id": name}, "claims": list(claims)} | more


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a folder that goes by the name of a public set, with one report of its dev and one of its other part."""
    folder = tmp_path / "features"
    kept = min(held_out("gold/features"))
    put(folder / "a.json", {"id": "a", "published": "2024-05-02", "text": TEXT, "claims": CLAIMS})
    put(folder / f"{kept}.json", {"id": kept, "published": None, "text": OTHER, "claims": []})
    return folder


def test_claims_are_scored_from_ready_readings(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pred = put(tmp_path / "pred.jsonl", reading("a", CLAIMS[0], claim("14 people", 15)))
    out = tmp_path / "figures.json"
    assert main(["claims", "--gold", str(gold), "--part", "dev", "--pred", str(pred), "--json", str(out)]) == 0
    figures = json.loads(out.read_text())
    count = figures["figures"]["gold/features"]["count"]
    assert (figures["part"], figures["figures"]["gold/features"]["reports"]) == ("dev", 1)
    assert count["rates"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert "gold/features" in capsys.readouterr().out


def test_several_sets_are_scored_each_and_together(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "gva" / "b.json", {"id": "b", "text": OTHER, "claims": [claim("nobody", 0, OTHER, kind="zero")]})
    pred = put(tmp_path / "pred.jsonl", reading("a", *CLAIMS), reading("b"))
    arguments = ["claims", "--gold", str(gold), str(tmp_path / "gva"), "--part", "dev", "--pred", str(pred)]
    assert main([*arguments, "--json", "-"]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)["figures"]
    assert {name: one["count"]["rates"]["recall"] for name, one in found.items()} == {
        "gold/features": 1.0,
        "gold/gva": 0.0,
        "all": 0.667,
    }
    assert "attr.F1" in printed.err


def test_the_held_out_part_is_the_default(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pred = put(tmp_path / "pred.jsonl", reading(min(held_out("gold/features"))))
    assert main(["claims", "--gold", str(gold), "--pred", str(pred), "--json", "-"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["part"], figures["figures"]["gold/features"]["count"]["gold"]) == ("heldout", 0)


def test_mistakes_are_written_with_their_words(gold: Path, tmp_path: Path) -> None:
    wrong = [claim("14 people", 40), claim("six", 6, harm="injured", source="police"), claim("quay", 1)]
    pred, errors = put(tmp_path / "pred.jsonl", reading("a", *wrong)), tmp_path / "errors.txt"
    arguments = ["claims", "--gold", str(gold), "--part", "dev", "--pred", str(pred), "--errors", str(errors)]
    assert main(arguments) == 0
    written = errors.read_text()
    assert "missed    24-33 killed count 14 to 14  (read there: 24-33 killed count 40 to 40)" in written
    assert "[[quay]] gave way." in written
    assert "'Rescuers', read 'police'" in written


@pytest.mark.parametrize("part", ["heldout", "all"])
def test_mistakes_on_held_out_reports_are_refused(
    part: str, gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pred, errors = put(tmp_path / "pred.jsonl", reading("a")), tmp_path / "errors.txt"
    arguments = ["claims", "--gold", str(gold), "--part", part, "--pred", str(pred), "--errors", str(errors)]
    assert main(arguments) == 2
    assert "which nobody reads" in capsys.readouterr().err
    assert not errors.exists()


def test_a_set_without_a_held_out_list_is_scored_whole(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = gold.rename(tmp_path / "our-own")
    pred = put(tmp_path / "pred.jsonl", reading("a", *CLAIMS))
    assert main(["claims", "--gold", str(own), "--pred", str(pred)]) == 2
    assert "--part all" in capsys.readouterr().err
    assert main(["claims", "--gold", str(own), "--pred", str(pred), "--part", "all"]) == 0
    assert "1 of 2 reports have no line" in capsys.readouterr().err


def test_attributions_are_scored_on_stand_off_annotation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, name = tmp_path / "train", "a-paper_2024-05-02_quay"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    # The file's own line ends must stay: offsets count them.
    (folder / "text" / f"{name}.txt").write_bytes(f"A quay\r\n\r\n{TEXT}".encode())
    start = 10
    first = (
        f"T1\tSource {start} {start + 18}\tRescuers in Orvelo\n"
        f"T2\tCue {start + 19} {start + 23}\tsaid\n"
        f"T3\tContent {start + 24} {start + 45};{start + 46} {start + 58}\t14 people ...\n"
        "T4 Content broken line\n\nstray words\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content2:T3\n"
    )
    (folder / "attributions" / f"{name}_11aa.ann").write_text(first)
    (folder / "attributions" / f"{name}_22bb.ann").write_text("")
    triple = {
        "source": [[start, start + 18]],
        "cue": [[start + 19, start + 23]],
        "content": [[start + 24, start + 58]],
    }
    pred = put(tmp_path / "pred.jsonl", reading(name, attributions=[triple]))
    arguments = ["attributions", "--gold", str(folder), "--part", "dev", "--pred", str(pred), "--json", "-"]
    assert main(arguments) == 0
    found = json.loads(capsys.readouterr().out)["figures"]["polnear"]
    assert (found["gold"], found["triple_strict"]["f1"], found["source"]["exact"]) == (1, 100.0, 100.0)


def test_muc4_files_are_scored_each_and_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fact = {"effect": "killed", "alts": [[14, 14, False]], "low": 14, "high": 14, "plural": False, "optional": False}
    base: dict[str, Any] = {"dct": None, "text": TEXT, "sums": []}
    put(tmp_path / "keys" / "muc4_one.jsonl", base | {"doc": "one", "facts": [fact]})
    put(tmp_path / "keys" / "muc4_two.jsonl", base | {"doc": "two", "facts": [fact]})
    pred = put(tmp_path / "pred.jsonl", reading("one", *CLAIMS), reading("two"))
    arguments = ["muc4", str(tmp_path / "keys"), "--part", "dev", "--pred", str(pred), "--json", "-"]
    assert main(arguments) == 0
    found = json.loads(capsys.readouterr().out)["figures"]
    assert {name: one["overall"]["recall"] for name, one in found.items()} == {
        "muc4_one": 1.0,
        "muc4_two": 0.0,
        "all": 0.5,
    }


def test_fakes_and_gva_files_are_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = {"civilians": 14, "noncivilians": 0, "children": 0, "women": 0, "location": "aleppo"}
    told = {"doc": "a", "date": "2024-05-02", "title": "Quay", "outlet": "a paper", "text": TEXT, "gold": numbers}
    fakes = put(tmp_path / "fakes.jsonl", told | {"group": "2024-05-02|orvelo"})
    article = {"id": "a", "title": "Quay", "dct": "2024-05-02", "url": None, "outlet": "a paper", "text": TEXT}
    gva = put(tmp_path / "gva.jsonl", {"incident": 1, "city": "Orvelo", "killed": 14, "injured": 6, "docs": [article]})
    pred = put(tmp_path / "pred.jsonl", reading("a", *(claim | {"scope": "incident"} for claim in CLAIMS)))
    options = ["--part", "dev", "--pred", str(pred), "--json", "-"]
    assert main(["fakes", str(fakes), *options]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["fakes"]["top1"] == 1.0
    assert main(["gva", str(gva), *options]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["gva"]["all"]["both"] == 1.0


@pytest.mark.parametrize("line", ["", "{}", "[]", "7", "{", '{"report": {"id": 3}, "claims": []}', "[" * 100_000])
def test_what_is_no_reading_is_named(line: str, gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pred = tmp_path / "pred.jsonl"
    pred.write_text(line)
    assert main(["claims", "--gold", str(gold), "--part", "dev", "--pred", str(pred)]) == 2
    assert str(pred) in capsys.readouterr().err


@pytest.mark.parametrize("value", ["14", 14.5, True])
def test_a_claim_of_another_shape_is_named(
    value: object, gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pred = put(tmp_path / "pred.jsonl", reading("a", CLAIMS[0] | {"low": value}))
    assert main(["claims", "--gold", str(gold), "--part", "dev", "--pred", str(pred)]) == 2
    assert f"{pred}:1" in capsys.readouterr().err


def test_pages_are_scored_beside_trafilatura(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layouts = Path(__file__).parents[1] / "find" / "layouts"
    for name in ("14-casualty-table.html", "14-casualty-table.json", "05-live-blog.html", "05-live-blog.json"):
        (tmp_path / name).write_bytes((layouts / name).read_bytes())
    wrong = json.loads((tmp_path / "14-casualty-table.json").read_text()) | {"byline": "Somebody Else"}
    (tmp_path / "14-casualty-table.json").write_text(json.dumps(wrong))
    assert main(["pages", str(tmp_path), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    pages = json.loads(out)["figures"]["pages"]
    assert pages["05-live-blog"]["f1"] > pages["05-live-blog"]["theirs"]
    assert "byline" in pages["05-live-blog"]["right"]
    assert "byline" not in pages["14-casualty-table"]["right"]
    assert "right on 1 of 2 pages" in err


def test_wrong_usage_ends_with_2_and_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere, empty, broken = tmp_path / "nowhere", tmp_path / "features", tmp_path / "gva"
    empty.mkdir()
    put(broken / "a.json", {"id": "a"})
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe{")
    wrong = [
        ["claims", "--gold", str(nowhere)],
        ["claims", "--gold", str(empty)],
        ["claims", "--gold", str(broken)],
        ["attributions", "--gold", str(empty)],
        ["muc4", str(empty)],
        ["fakes", str(nowhere)],
        ["fakes", str(tmp_path / "bytes.jsonl")],
        ["gva", str(broken / "a.json")],
        ["pages", str(empty)],
        ["speed", str(empty)],
        ["agree", str(empty)],
    ]
    for arguments in wrong:
        assert main(arguments) == 2
        message = capsys.readouterr().err
        assert message.startswith("bench: ")
        assert message.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [[], ["guess"], ["claims"], ["muc4", "keys", "--limit", "0"], ["fakes", "a", "--part", "x"]]
)
def test_arguments_that_make_no_sense_end_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err
