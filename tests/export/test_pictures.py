"""The claims ladder and the map, as pictures and in a terminal."""

from __future__ import annotations

import hashlib
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.events import Dossier, Relation, Toll, Victims
from sayso.export import ladder, ladder_svg, ladder_text, map_svg, map_text, outline, svg
from sayso.export.spots import spots
from sayso.records import Claim
from tests.export import told

SVG = "{http://www.w3.org/2000/svg}"


def with_claims(*claims: Claim) -> Dossier:
    """Return an incident with claims of our own making in one report."""
    base = told.dresk()
    kept = tuple(replace(base.claims[0], claim=claim, source=None, ruling=None) for claim in claims)
    return replace(told.changed(base, claims=tuple(c.id for c in claims), relations=()), claims=kept, tolls=())


def claim(number: int, low: int | None, high: int | None, **fields: object) -> Claim:
    base = Claim(f"c-{number}", 0, 1, "n", "killed", "count", low, high, "exact", None, f"source {number}")
    return replace(base, **fields)  # type: ignore[arg-type]  # any field


def text_of(dossier: Dossier, *, as_list: bool = False) -> str:
    out = io.StringIO()
    ladder_text.write(dossier, out, as_list=as_list)
    return out.getvalue()


def test_rivals_stand_apart_by_the_day_on_which_each_first_spoke() -> None:
    killed, injured, missing = ladder.ladders(told.dresk())
    assert [one.harm for one in (killed, injured, missing)] == ["killed", "injured", "missing"]
    assert [lane.source for lane in killed.lanes] == [
        "Doctors at Dresk district hospital",
        "Meridian Wire, in its own voice",
        "Sarnovian General Staff",
        "Velmora Ministry of Defence",
        "Governor Ilse Marrant at the scene",
    ]
    days = [rung.day for rung in killed.lanes[3].rungs]
    assert days == sorted(days)
    assert killed.toll is not None


def test_what_stands_on_no_ladder() -> None:
    rejected = replace(told.dresk().claims[0].ruling, verdict="rejected")  # type: ignore[type-var]  # it has one
    first = replace(told.dresk().claims[0], ruling=rejected)
    without = ladder.ladders(replace(told.dresk(), claims=(first, *told.dresk().claims[1:])))
    drawn = {one for lane in without[0].lanes for rung in lane.rungs for one in rung.claims}
    assert first.claim.id not in drawn
    people = [one.claim.id for one in told.plovdiv().claims if one.claim.kind == "individual"]
    lanes = [lane for one in ladder.ladders(told.plovdiv()) for lane in one.lanes]
    assert people
    assert not {one for lane in lanes for rung in lane.rungs for one in rung.claims} & set(people)


def test_a_figure_given_twice_on_a_day_is_one_rung() -> None:
    (killed,) = ladder.ladders(with_claims(claim(1, 3, 3, source="X"), claim(2, 3, 3, source="the x")))
    assert [rung.claims for lane in killed.lanes for rung in lane.rungs] == [("c-1", "c-2")]


def test_that_none_of_some_was_harmed_is_drawn_as_a_part() -> None:
    civilians = claim(1, 0, 0, kind="zero", text="no civilians", status="civilian")
    told_of = with_claims(civilians, claim(2, 0, 0, kind="zero", text="nobody"), claim(3, 9, 9))
    plain = tuple(replace(kept, sentence=kept.claim.text, victims=Victims()) for kept in told_of.claims)
    (killed,) = ladder.ladders(replace(told_of, claims=plain))
    assert {lane.source: lane.rungs[0].part for lane in killed.lanes} == {
        "source 1": True,
        "source 2": False,
        "source 3": False,
    }


def test_figures_far_apart_are_drawn_by_ratios() -> None:
    (killed,) = ladder.ladders(with_claims(claim(1, 17, 17), claim(2, 4200, None)))
    assert killed.scale.log
    assert killed.scale.marks() == (0, 10, 100, 1000)
    assert "logarithmic" in text_of(with_claims(claim(1, 17, 17), claim(2, 4200, None)))


@given(st.integers(0, 10**12), st.booleans())
def test_round_numbers_stand_in_order_on_the_scale(top: int, log: bool) -> None:  # noqa: FBT001 - drawn
    scale = ladder.Scale(top, log=log and top > 0)
    marks = scale.marks()
    shares = [scale.share(mark) for mark in marks]
    assert shares == sorted(shares)
    assert 1 <= len(marks) <= 14
    assert all(0 <= share <= 1.0000001 for share in shares)


def test_the_terminal_shows_open_bounds_vague_words_and_denials_without_colour() -> None:
    drawn = text_of(told.dresk())
    assert max(map(len, drawn.splitlines())) <= 80
    assert re.search(r"15 Mar 2023  30–40 +\[---\]", drawn)
    assert re.search(r"over 100 +\*-->", drawn)
    assert re.search(r"denies any +x$", drawn, re.MULTILINE)
    assert re.search(r"several dozen +\[~+\]", drawn)
    assert "By ucdp-best-low-high: lowest 17, best 30, highest open" in drawn
    assert "\x1b" not in drawn


def test_the_list_says_the_same_in_sentences() -> None:
    lines = text_of(told.dresk(), as_list=True).splitlines()
    assert "Velmora Ministry of Defence, 15 Mar 2023: denies any (civilians)." in lines
    assert not [line for line in lines if "*" in line or "[" in line]


@pytest.mark.parametrize("width", [720, 340])
def test_every_picture_is_well_formed_and_tells_itself_in_words(width: int) -> None:
    drawn = [*ladder_svg.write(told.dresk(), width), *ladder_svg.write(told.plovdiv(), width)]
    drawn.append(map_svg.write(spots([told.dresk(), told.plovdiv()]), width))
    for one in drawn:
        root = ET.fromstring(one)  # noqa: S314 - our own picture
        assert root.get("role") == "img"
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert desc is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert title.text
        assert desc.text
        assert len(set(re.findall(r'id="([^"]+)"', one))) == one.count(' id="')
        assert "style=" not in one
    assert "Sarnovian General Staff, 15 Mar 2023: over 100 (Velmoran soldiers)." in drawn[0]


def test_marks_differ_in_shape_and_not_in_colour() -> None:
    parts = with_claims(claim(1, 3, 3), claim(2, 1, 1))
    parts = told.changed(parts, relations=(Relation("part_of", "c-2", "c-1", "one of the three"),))
    (drawn,) = ladder_svg.write(parts)
    assert (drawn.count('class="dot"'), drawn.count('class="hollow"')) == (1, 1)
    (denied,) = ladder_svg.write(with_claims(claim(1, 3, 3, stance="denies"), claim(2, 3, 3, stance="doubts")))
    assert 'class="dot"' not in denied
    assert ">?<" in denied
    (vague,) = ladder_svg.write(with_claims(claim(1, 24, 99, qualifier="vague", phrase="dozens")))
    assert "bar vague" in vague


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_has_the_contrast_that_wcag_asks_for_in_light_dark_and_print() -> None:
    schemes = re.findall(r"svg\.sayso\{(--[^}]*?)(?:font|\})", svg.STYLE)
    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+):(#\w+)", scheme))
        for ink in ("ink", "soft"):
            for behind in ("ground", "band", "sea", "land"):
                assert contrast(colours[ink], colours[behind]) >= 4.5, (scheme, ink, behind)
        for behind in ("ground", "band", "sea", "land"):
            assert contrast(colours["mark"], colours[behind]) >= 3, (scheme, behind)


def test_words_of_a_report_cannot_run_in_a_picture() -> None:
    hostile = '"><script>alert(1)</script>\x00\ufffe\u202e'
    (drawn,) = ladder_svg.write(with_claims(claim(1, 3, 3, source=hostile)))
    ET.fromstring(drawn)  # noqa: S314 - our own picture
    assert "<script" not in drawn


def test_the_shipped_outlines_are_natural_earths() -> None:
    body = files("sayso.export").joinpath("atlas", "countries-110m.json").read_bytes()
    assert hashlib.sha256(body).hexdigest() == outline.SHA256


@pytest.mark.parametrize(
    ("lon", "lat", "on_land"),
    [
        (2.3, 46.5, True),
        (-30, 40, False),
        (178, 67, True),
        (-175, 67, True),
        (135, -25, True),
        (0, -80, True),
        (31, 45, False),
    ],
)
def test_land_is_where_land_is(lon: float, lat: float, on_land: bool) -> None:  # noqa: FBT001 - a table
    view = outline.window([(lon, lat)], 1.7)
    crossed = outline.crossings(outline.land(view), lat + 0.0001)
    west = sum(1 for one in crossed if one <= (lon if lon >= view.west else lon + 360))
    assert bool(west % 2) == on_land


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=5))
def test_every_place_is_within_the_map(points: list[tuple[float, float]]) -> None:
    view = outline.window(points, 1.7)
    for lon, lat in points:
        x, y = view.place(lon, lat, 720, 424)
        assert -1e-6 <= x <= 720 + 1e-6
        assert -1e-6 <= y <= 424 + 1e-6
    assert 16 <= view.north - view.south <= 180.0001


def test_places_on_both_sides_of_the_date_line_are_neighbours() -> None:
    view = outline.window([(179, 52), (-179, 52)], 1.7)
    assert view.east - view.west < 60


def test_the_map_in_a_terminal_has_its_list() -> None:
    out = io.StringIO()
    map_text.write([told.dresk(), told.plovdiv(), told.period()], out)
    lines = out.getvalue().splitlines()
    picture = lines[: lines.index("")]
    assert max(map(len, lines)) <= 80
    assert [line for line in picture[:-1] if "1" in line]
    assert [line for line in picture[:-1] if "2" in line]
    assert any(line.startswith("[2] Fire at a dye works") for line in lines)
    out = io.StringIO()
    map_text.write([told.dresk()], out, as_list=True)
    assert out.getvalue().startswith("1: Missile strike on a school used as a barracks, Dresk, 14 March 2023 (Dresk,")


def test_a_toll_beyond_the_figures_is_told_and_not_drawn() -> None:
    toll = Toll("p", "1", "i-dresk-1", "killed", 5000, 5000, 5000)
    (drawn, *_) = ladder_svg.write(replace(told.dresk(), tolls=(toll,)))
    assert "lowest 5,000" in drawn
