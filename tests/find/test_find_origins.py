"""A report's origin is what its credit lines name, and nobody whom it merely quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso
from sayso.find import find_report
from sayso.find.origins import agency_of, credit_of
from sayso.records import Given, Page

TOLD = "Nine people died when the ferry sank off Orra on Monday, the coast guard said."


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        (f"KABUL, March 3 (XYZ) - {TOLD}", "XYZ", "dateline"),
        (f"OSTREL, Velmora, March 15 (Meridian Wire) - {TOLD}", "Meridian Wire", "dateline"),
        (f"DENVER (AP/CBS4) – {TOLD}", "AP/CBS4", "dateline"),
        (f"(Reuters) - {TOLD}", "Reuters", "dateline"),
        (f"Ostrel (dpa) - {TOLD}", "dpa", "dateline"),
        (f"LONDON — (AP) {TOLD}", "AP", "dateline"),
        (f"STOLNA, 16 March. SNA. {TOLD}", "SNA", "dateline"),
        ("МОСКВА, 3 марта. /ТАСС/. Погибли девять человек.", "ТАСС", "dateline"),
        ("МОСКВА, 3 мар — РИА Новости. Погибли девять человек.", "РИА Новости", "dateline"),
        ("(ANSA) - ROMA, 03 MAR - Nove morti.", "ANSA", "dateline"),
        ("PARIS, 3 mars (AFP) – Neuf morts.", "AFP", "dateline"),
        (f"SAN ISIDRO, 3 JAN 90 (ORRA DOMESTIC SERVICE) -- {TOLD.upper()}", "ORRA DOMESTIC SERVICE", "dateline"),
        (f"Ferry sinks\n\nBy The Associated Press\n\n{TOLD}", "The Associated Press", "line"),
        (f"Ferry sinks\n\nBy JOHN ROE, Associated Press\n\n{TOLD}", "Associated Press", "line"),
        (f"{TOLD}\n\nSource: AP", "AP", "line"),
        (f"{TOLD}\n\nSource: Meridian Wire", "Meridian Wire", "line"),
        (f"{TOLD}\n\nИсточник: ТАСС", "ТАСС", "line"),
        (f"{TOLD}\n\nДжерело: УНІАН", "УНІАН", "line"),
        (f"{TOLD}\n\nQuelle: dpa", "dpa", "line"),
        (f"{TOLD}\n\nالمصدر: رويترز", "رويترز", "line"),
        (f"{TOLD}\n\n来源：新华社", "新华社", "line"),
        (f"{TOLD} (AFP)", "AFP", "line"),
        (f"{TOLD}\n\nReuters/AFP", "Reuters/AFP", "line"),
        (f"{TOLD}\n\nAgencies", "Agencies", "line"),
        (f"{TOLD}\n\nCopyright 2021 The Associated Press. All rights reserved.", "The Associated Press", "line"),
        (f"{TOLD}\n\n– with AFP", "AFP", "part"),
        (f"Harbour Review with AFP\n\n{TOLD}", "AFP", "part"),
        (f"{TOLD}\n\nAdditional reporting by Reuters", "Reuters", "part"),
        (f"{TOLD}\n\nThe Associated Press contributed to this report.", "The Associated Press", "part"),
        (f"Mit Material von dpa\n\n{TOLD}", "dpa", "part"),
        (f"{TOLD}\n\nCon información de EFE", "EFE", "part"),
        ("Nine died off Orra, the Sarrow Times reported, citing local media.", "local media", "citing"),
        ("Девять человек погибли, сообщает газета со ссылкой на местные СМИ.", "местные СМИ", "citing"),
    ],
)
def test_credit_lines(text: str, name: str, form: str) -> None:
    credit = credit_of(text)
    assert credit is not None
    assert (credit.name, credit.form) == (name, form)
    assert credit.span.of(text) == name
    assert credit.line.holds(credit.span)


@pytest.mark.parametrize(
    "text",
    [
        "",
        TOLD,
        f"LONDON — {TOLD}",
        "The mayor told Reuters that nine people had died.",
        "The AP reported on Monday that nine had died. The mayor spoke with AFP.",
        "Nine died. He spoke with Reuters.",
        f"{TOLD}\n\nSource: Ministry of Health",
        f"{TOLD}\n\n(Reporting by Jane Roe; Editing by John Doe)",
        "The Ministry of Defence (MoD) - which had denied it - said nine died.",
        "Nine people died, the health ministry (MoH) said.",
        "ORRA (March 3, 2021) – Nine people died.",
        "ORRA (Jane Roe/The Ledger via AP) – Nine people died.",
        "He said so. The paper, long after the attack, wrote of it again, citing local media.",
        "He bought tea with SPA towels",
        "ap, the fishermen's word for it, is no agency.",
    ],
)
def test_nobody_is_credited(text: str) -> None:
    assert credit_of(text) is None


def test_the_line_that_says_most_wins() -> None:
    text = f"OSTREL, March 15 (SNA) - {TOLD}\n\nAdditional reporting by Reuters\n\nSource: AFP"
    credit = credit_of(text)
    assert credit is not None
    assert credit.name == "SNA"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Associated Press", "AP"),
        ("AP/CBS4", "Associated Press"),
        ("رويترز", "www.reuters.com"),
        ("ТАСС", "TASS"),
        ("Meridian  Wire", "meridian wire"),
    ],
)
def test_one_agency_under_several_names(one: str, other: str) -> None:
    assert agency_of(one) == agency_of(other)


def test_agencies_are_not_taken_for_each_other() -> None:
    assert agency_of("AP") != agency_of("AFP") != agency_of("Meridian Wire") != agency_of("Meridian")


@given(st.text(st.sampled_from("aA.(/- )\nAPRP:©source,1Я"), max_size=300))
def test_any_text_has_a_credit_or_none(text: str) -> None:
    credit = credit_of(text)
    assert credit is None or credit.span.of(text) == credit.name


def test_long_lines_of_brackets_take_no_time() -> None:
    assert credit_of("(" * 100_000 + "A, " * 100_000 + "/" * 100_000) is None


def test_a_report_knows_its_origin_and_no_claim_has_it_for_a_source() -> None:
    text = "OSTREL, March 15 (Meridian Wire) - Nine people were killed when a shell hit a bus in Dresk on Tuesday."
    report, _ = find_report(Page(text.encode(), "wire.txt", "text/plain"), Given(published="2023-03-15"))
    assert report is not None
    assert report.origin == "Meridian Wire"
    assert report.origin_span is not None
    assert report.origin_span.of(report.text) == "Meridian Wire"
    (claim,) = sayso.read(text, published="2023-03-15").claims
    assert (claim.low, claim.source, claim.via) == (9, None, ())
