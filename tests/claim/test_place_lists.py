"""Places that users add: files of GeoNames' form and CSV lists, whole, broken and hostile; all of it made up."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim import place_files, place_lists
from sayso.claim.gazetteer import COMPILED, Gazetteer
from sayso.claim.place_files import read_places
from sayso.claim.places import find_places

if TYPE_CHECKING:
    from pathlib import Path


def line(number: int, name: str, **more: str) -> str:
    """Return a line of GeoNames' main table."""
    cells = {
        "alternates": "",
        "lat": "15.5",
        "lon": "4.25",
        "group": "P",
        "code": "PPL",
        "country": "ML",
        "admin1": "09",
    }
    cells |= {"population": "0"} | more
    return "\t".join(
        [
            *(str(number), name, name, cells["alternates"], cells["lat"], cells["lon"], cells["group"], cells["code"]),
            *(cells["country"], "", cells["admin1"], "", "", "", cells["population"], "", "200", "Africa/Bamako"),
            "2024-01-01",
        ]
    )


COUNTRY_FILE = "\n".join(
    [
        line(900001, "Tarsenik", alternates="Tarsénique,طرسنيك,Tar Senik", population="340"),
        line(900002, "Cercle de Velmora", group="A", code="ADM2"),
        line(900003, "Dorvane", group="P", code="PPLX"),
        line(900004, "Kestrin", group="A", code="ADM1"),
        line(900005, "Orlen Hospital", group="S", code="HSP"),
        line(900006, "Wadi Orlen", group="H", code="STM"),
    ]
)
OWN_LIST = (
    "name,lat,lon,country,kind,alternates\n"
    "Qasira,35.1,36.7,SY,village,Qaseera|Qassira\n"
    '"Upper Tarsenik, the old",15.6,4.3,ml,,\n'
    "Orlen camp,33.1,44.0,IQ,camp,\n"
)


def kept(folder: Path, name: str, text: str | bytes) -> Gazetteer:
    """Add a file of places and return the gazetteer with it."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    made, problems = place_lists.add(file, folder / "kept")
    assert made is not None, problems
    return Gazetteer(own=place_lists.files(folder / "kept"))


def test_a_country_file_of_geonames_adds_villages_districts_and_quarters(tmp_path: Path) -> None:
    known = kept(tmp_path, "ML.txt", COUNTRY_FILE)
    names = ("Tarsenik", "tarsenique", "Tar-Senik", "طرسنيك", "Cercle de Velmora", "Dorvane", "Kestrin", "Wadi Orlen")
    found = {name: [(e.id, e.kind, e.prec) for e in known.lookup(name) if 900_000 < e.id < 900_010] for name in names}
    assert found == {
        "Tarsenik": [(900001, "city", 1)],
        "tarsenique": [(900001, "city", 1)],
        "Tar-Senik": [(900001, "city", 1)],
        "طرسنيك": [(900001, "city", 1)],
        "Cercle de Velmora": [(900002, "area", 3)],
        "Dorvane": [(900003, "area", 2)],
        "Kestrin": [(900004, "region", 4)],
        "Wadi Orlen": [(900006, "area", 5)],
    }
    assert known.lookup("Orlen Hospital") == ()


def test_what_is_added_is_found_in_reports_with_the_rest_of_the_report_as_before(tmp_path: Path) -> None:
    known = kept(tmp_path, "ML.txt", COUNTRY_FILE)
    text = "Eight people were killed in Tarsenik, in Mali's Gao region."
    assert [one.place_id for one in find_places(text) if one.name == "Tarsenik"] == [None]
    found = next(one for one in find_places(text, gazetteer=known) if one.name == "Tarsenik")
    assert (found.place_id, found.country, found.lat, found.matched) == (900001, "ML", 15.5, "Tarsenik")


def test_a_hamlet_of_geonames_alone_stays_open_and_one_of_a_users_own_list_does_not(tmp_path: Path) -> None:
    alone = "Two men died in Tarsenik."
    hamlet = next(iter(find_places(alone, gazetteer=kept(tmp_path, "ML.txt", COUNTRY_FILE))))
    assert (hamlet.place_id, hamlet.matched) == (None, None)
    assert hamlet.rivals[0].id == 900001
    assert "nothing in the report points there" in hamlet.reason
    own = next(iter(find_places("Two men died in Qasira.", gazetteer=kept(tmp_path, "ours.csv", OWN_LIST))))
    assert (own.matched, own.country, own.lat, own.prec) == ("Qasira", "SY", 35.1, 1)


def test_a_csv_list_gives_names_alternates_and_kinds(tmp_path: Path) -> None:
    known = kept(tmp_path, "ours.csv", "\ufeff" + OWN_LIST)
    assert [entry.name for entry in known.lookup("Qassira")] == ["Qasira"]
    assert [(e.country, e.prec) for e in known.lookup("Upper Tarsenik, the old")] == [("ML", 1)]
    assert [(e.kind, e.feature) for e in known.lookup("Orlen camp")] == [("city", "listed")]


def test_lists_are_shown_replaced_and_removed(tmp_path: Path) -> None:
    kept(tmp_path, "ML.txt", COUNTRY_FILE)
    before = place_lists.fingerprint(tmp_path / "kept")
    kept(tmp_path, "ML.txt", COUNTRY_FILE.split("\n", maxsplit=1)[0])
    kept(tmp_path, "ours.csv", OWN_LIST)
    (tmp_path / "kept" / "stray.sqlite").write_bytes(b"not one of ours")
    found, problems = place_lists.lists(tmp_path / "kept")
    assert [(one.name, one.kind, one.places) for one in found] == [("ML", "geonames", 1), ("ours", "csv", 3)]
    assert [problem.code for problem in problems] == ["no-list"]
    assert place_lists.fingerprint(tmp_path / "kept") != before
    assert place_lists.remove("ML", tmp_path / "kept") == ()
    assert [one.name for one in place_lists.lists(tmp_path / "kept")[0]] == ["ours"]
    assert [p.code for p in place_lists.remove("ML", tmp_path / "kept")] == ["no-such-list"]
    assert [p.code for p in place_lists.remove("../kept/ours", tmp_path / "kept")] == ["no-such-list"]


def test_where_nothing_was_added_there_are_no_lists(tmp_path: Path) -> None:
    assert place_lists.lists(tmp_path / "absent") == ((), ())
    assert place_lists.fingerprint(tmp_path / "absent") == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no-heading"),
        (b"\x00\xff\xfe binary", "not-text"),
        (b"PK\x03\x04 packed", "packed-places"),
        (b"name,lat,lon\nQasira,1,2\n", "no-heading"),
        (b'name,lat,lon,country\n"Qasira,1,2,SY\n', "bad-csv"),
        (b"name,lat,lon,country\n", "no-places"),
        (b"name,lat,lon,country\nQasira,north,2,SY\n", "bad-place"),
        (b"name,lat,lon,country\nQasira,nan,2,SY\n", "bad-place"),
        (b"name,lat,lon,country\nQasira,91,2,SY\n", "bad-place"),
        (b"name,lat,lon,country\n,1,2,SY\n", "bad-place"),
        (b"name,lat,lon,country\nQasira,1,2,Syria\n", "bad-place"),
        (b"name,lat,lon,country,kind\nQasira,1,2,SY,planet\n", "bad-place"),
        (line(1, "Qasira", lat="x").encode(), "bad-place"),
        (line(1, "Qasira", country="12").encode(), "bad-place"),
        (line(1, "Qa\x07sira").encode(), "bad-place"),
        (line(1, "Qasira").encode("utf-16"), "bad-place"),
        (line(99999999999999, "Qasira").encode(), "bad-place"),
    ],
)
def test_bad_files_give_problems_and_nothing_is_kept(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(content)
    made, problems = place_lists.add(file, tmp_path / "kept")
    assert made is None
    assert code in {problem.code for problem in problems}
    assert any(problem.lost for problem in problems)
    assert all(problem.where and problem.what and problem.remedy for problem in problems)
    assert not (tmp_path / "kept").exists()


def test_a_bad_line_costs_no_other(tmp_path: Path) -> None:
    file = tmp_path / "ML.txt"
    file.write_bytes(b"\n".join([line(1, "Orlen").encode(), b"\xff\xfe", b"a\tb", line(2, "Kestrin").encode()]))
    read = read_places(file)
    assert [entry.name for entry, _ in read.entries] == ["Orlen", "Kestrin"]
    assert [problem.where for problem in read.problems] == [f"{file}:2", f"{file}:3"]


def test_many_bad_lines_are_summed_up(tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("name,lat,lon,country\nQasira,1,2,SY\n" + "x\n" * 500, encoding="utf-8")
    read = read_places(file)
    assert len(read.problems) == 21
    assert read.problems[-1].what.startswith("480 more lines")


def test_too_many_places_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_files, "MOST_PLACES", 3)
    file = tmp_path / "ML.txt"
    file.write_text("\n".join(line(n, f"Orlen {n}") for n in range(1, 9)), encoding="utf-8")
    assert [problem.code for problem in read_places(file).problems] == ["too-many-places"]
    assert read_places(file).entries == []


@pytest.mark.parametrize("name", ["-x.txt", "a b.txt", "ö.csv"])
def test_a_file_whose_name_can_be_no_lists_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(COUNTRY_FILE, encoding="utf-8")
    made, problems = place_lists.add(tmp_path / name, tmp_path / "kept")
    assert (made, [problem.code for problem in problems]) == (None, ["bad-list-name"])


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "ML.txt").write_text(COUNTRY_FILE, encoding="utf-8")
    (tmp_path / "kept").write_text("a file, not a folder", encoding="utf-8")
    made, problems = place_lists.add(tmp_path / "ML.txt", tmp_path / "kept")
    assert (made, [problem.code for problem in problems]) == (None, ["cannot-write"])


def test_the_folder_is_named_by_a_variable_or_by_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(place_lists.VARIABLE, str(tmp_path))
    assert place_lists.folder() == tmp_path
    monkeypatch.delenv(place_lists.VARIABLE)
    assert place_lists.folder().name == "places"
    assert COMPILED.parent not in place_lists.folder().parents


def test_what_is_kept_is_an_ordinary_gazetteer_file(tmp_path: Path) -> None:
    kept(tmp_path, "ML.txt", COUNTRY_FILE)
    with sqlite3.connect(tmp_path / "kept" / "ML.sqlite") as base:
        assert base.execute("SELECT count(*) FROM place").fetchone() == (5,)


ROWS = st.text(max_size=200).map(lambda text: ("name,lat,lon,country\n" + text).encode("utf-8", "replace"))
LINES = st.lists(st.text(max_size=9), min_size=19, max_size=19).map(
    lambda cells: "\t".join(cells).encode("utf-8", "replace")
)


@given(st.binary(max_size=400) | ROWS | LINES)
def test_any_bytes_are_read_or_told(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.txt"
    file.write_bytes(content)
    read = read_places(file)
    assert read.entries or any(problem.lost for problem in read.problems)
    assert all(abs(entry.lat or 0) <= 90 and abs(entry.lon or 0) <= 180 and entry.name for entry, _ in read.entries)
