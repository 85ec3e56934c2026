"""Exports of Telegram Desktop, in both of its forms, by the form that its own program writes."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pages.files import pages
from sayso.problems import Problem
from sayso.records import Page

CHANNEL: dict[str, Any] = {
    "name": 'Velmora "Alert" – News',
    "type": "public_channel",
    "id": 1234567,
    "messages": [
        {"id": 1, "type": "service", "date": "2023-03-01T00:00:00", "action": "create_channel", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2023-03-14T21:05:00",
            "date_unixtime": "1678817100",
            "from": "Velmora",
            "text": [
                "Shelling of ",
                {"type": "bold", "text": "Lower Venn"},
                ": ",
                {"type": "link", "text": "3 killed"},
                ".",
            ],
            "text_entities": [],
        },
        {"id": 3, "type": "message", "date": "2023-03-14T21:06:00", "photo": "p.jpg", "text": ""},
        {
            "id": 4,
            "type": "message",
            "date": "2023-03-14T21:07:00",
            "forwarded_from": "Dresk Monitor",
            "text": 'Two wounded. {"messages": [',
        },
    ],
}

HTML = """<!DOCTYPE html>
<html>
 <head><meta charset="utf-8"/><title>Exported Data</title></head>
 <body onload="CheckLocation();">
  <div class="page_wrap">
   <div class="page_header">
    <div class="content">
     <div class="text bold">
Velmora Alert
     </div>
    </div>
   </div>
   <div class="page_body chat_page">
    <div class="history">
     <div class="message service" id="message-1">
      <div class="body details">14 March 2023</div>
     </div>
     <div class="message default clearfix" id="message2">
      <div class="pull_left userpic_wrap"><div class="userpic userpic5"><div class="initials">V</div></div></div>
      <div class="body">
       <div class="pull_right date details" title="14.03.2023 21:05:00 UTC+03:00">21:05</div>
       <div class="from_name">Velmora Alert</div>
       <div class="text">
Shelling of <strong>Lower Venn</strong>:<br>3 killed <span class="spoiler">&amp; 4</span> hurt.</div>
      </div>
     </div>
     <div class="message default clearfix joined" id="message4">
      <div class="body">
       <div class="pull_right date details" title="14.03.2023 21:07:00">21:07</div>
       <div class="forwarded body">
        <div class="from_name">Dresk Monitor
         <span class="date details" title="14.03.2023 20:00:00"> 14.03.2023 20:00:00</span></div>
        <div class="text">Two wounded.</div>
       </div>
      </div>
     </div>
    </div>
   </div>
  </div>
 </body>
</html>
"""


def read(body: bytes) -> tuple[list[Page], list[Problem]]:
    items = list(pages(["-"], stdin=io.BytesIO(body)))
    return [item for item in items if isinstance(item, Page)], [item for item in items if isinstance(item, Problem)]


def records(found: list[Page]) -> list[dict[str, Any]]:
    return [json.loads(page.body) for page in found]


@pytest.mark.parametrize("indent", [1, None])
def test_each_message_with_words_is_a_report_of_its_channel(indent: int | None) -> None:
    found, problems = read(json.dumps(CHANNEL, indent=indent, ensure_ascii=False).encode())
    assert problems == []
    assert [(page.where, page.archive, page.media_type) for page in found] == [
        ("standard input#message2", "standard input", "application/json"),
        ("standard input#message4", "standard input", "application/json"),
    ]
    first, second = records(found)
    assert first["text"] == "Shelling of Lower Venn: 3 killed."
    assert (first["outlet"], first["published"]) == ('Velmora "Alert" – News', "2023-03-14T21:05:00")
    assert (second["id"], second["forwarded_from"]) == ("1234567/4", "Dresk Monitor")
    assert second["text"] == 'Two wounded. {"messages": ['


def test_an_export_of_all_chats_keeps_each_under_its_name() -> None:
    other = {**CHANNEL, "name": "Orra Radio", "id": 7, "messages": CHANNEL["messages"][1:2]}
    whole = {
        "about": "x",
        "personal_information": {"first_name": "A"},
        "chats": {"about": "y", "list": [CHANNEL, other]},
    }
    found, problems = read(json.dumps(whole).encode())
    assert problems == []
    assert [(one["id"], one["outlet"]) for one in records(found)] == [
        ("1234567/2", 'Velmora "Alert" – News'),
        ("1234567/4", 'Velmora "Alert" – News'),
        ("7/2", "Orra Radio"),
    ]


def test_the_page_that_it_exports_is_read_alike() -> None:
    found, problems = read(HTML.encode())
    assert problems == []
    assert [page.where for page in found] == ["standard input#message2", "standard input#message4"]
    first, second = records(found)
    assert first["text"] == "Shelling of Lower Venn:\n3 killed & 4 hurt."
    assert (first["outlet"], first["published"]) == ("Velmora Alert", "2023-03-14T21:05:00+03:00")
    assert (second["text"], second["forwarded_from"]) == ("Two wounded.", "Dresk Monitor")
    assert second["published"] == "2023-03-14T21:07:00"


def test_malformed_messages_are_counted_and_the_others_read() -> None:
    odd = {**CHANNEL, "messages": [CHANNEL["messages"][1], 5, {"id": "x", "text": "a"}, {"id": 9, "text": None}, None]}
    found, problems = read(json.dumps(odd).encode())
    assert len(found) == 1
    assert [(problem.code, problem.lost) for problem in problems] == [("broken-records", True)]
    assert problems[0].what.startswith("4 of its messages are malformed")


def test_an_export_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    for body in (json.dumps(CHANNEL)[:-30], HTML[: HTML.index("Two wounded")]):
        found, problems = read(body.encode())
        assert [page.where for page in found] == ["standard input#message2"]
        assert [(problem.code, problem.lost) for problem in problems] == [("broken-records", True)]
        assert "breaks off" in problems[0].what


def test_an_export_without_words_is_told() -> None:
    assert [one.code for one in read(json.dumps({**CHANNEL, "messages": []}).encode())[1]] == ["empty-archive"]


def test_other_json_with_messages_is_no_export() -> None:
    found, problems = read(b'{"text": "Two died.", "messages": [1]}')
    assert [json.loads(page.body)["text"] for page in found] == ["Two died."]
    assert problems == []


@given(
    st.sampled_from([json.dumps(CHANNEL).encode(), HTML.encode()]),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=20)), max_size=5),
    st.data(),
)
@settings(deadline=None, max_examples=150)
def test_any_mangled_export_gives_pages_and_problems(
    seed: bytes, cuts: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    for place, put in cuts:
        at = place % len(seed)
        seed = seed[:at] + put + seed[at + data.draw(st.integers(0, 30)) :] or b"x"
    found, problems = read(seed)
    assert found or problems
