"""A report's text cut into stretches: every sign is there, and every mark covers its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.marking import LONGEST, marked, parts, spans
from sayso.records import Claim, Evidence, Span

TEXTS = st.text(alphabet=st.sampled_from("ab 1🕯é\n\r\x00\ud800\u202e👩‍👧"), max_size=80)


def claim(name: str, start: int, end: int, text: str, source: Span | None = None) -> Claim:
    evidence = Evidence(source=source)
    return Claim(name, start, end, text[start:end], "killed", "count", 1, 1, "exact", None, spans=evidence)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Claim]]:
    text = draw(TEXTS.filter(lambda one: len(one) > 1))
    bounds = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda two: two[0] < two[1])
    found = []
    for number in range(draw(st.integers(0, 4))):
        figure, source = draw(bounds), draw(bounds)
        found.append(claim(f"c-{number}", *figure, text, source=Span(*source)))
    return text, found


@given(marked_texts())
def test_every_sign_stands_under_its_own_marks(made: tuple[str, list[Claim]]) -> None:
    """Each stretch begins where it says, and carries just the marks of the spans that cover it."""
    text, claims = made
    seen: set[int] = set()
    for paragraph in marked(text, claims, Span(0, len(text))):
        for one in paragraph.stretches:
            assert len(one.words) > 0
            within = Span(one.start, one.start + len(one.words))
            assert within.end <= len(text)
            for shown, own in zip(one.words, within.of(text), strict=True):
                assert shown in {own, "\ufffd"} or (shown, own) == ("\n", "\r")
            assert not seen & set(range(within.start, within.end))
            seen.update(range(within.start, within.end))
            wanted = {(each.id, part) for each in claims for part, span in spans(each) if span.holds(within)}
            assert {(mark.claim, mark.part) for mark in one.marks} == wanted
            every = [span for each in claims for _, span in spans(each)]
            assert all(span.overlaps(within) == span.holds(within) for span in every)
    assert all(text[at].isspace() for at in set(range(len(text))) - seen)


def test_a_return_keeps_no_place_in_a_page() -> None:
    """A browser reads a return and a line feed as one sign; so what follows says where it begins."""
    text = "Two\r\n🕯 dead, 3\rhurt"
    (only,) = marked(text, [claim("c-1", 6, 11, text)], Span(0, len(text)))
    assert [(one.start, one.words, bool(one.marks)) for one in only.stretches] == [
        (0, "Two", False),
        (4, "\n🕯", False),
        (6, " dead", True),
        (11, ", 3\nhurt", False),
    ]


def test_a_long_text_comes_in_parts_of_whole_paragraphs() -> None:
    """Nothing is between two parts; a text without paragraphs is cut all the same."""
    text = "Nobody was hurt. " * 300
    text = "\n\n".join([text] * 100)
    found = parts(text)
    assert len(found) == 4
    assert "".join(one.of(text) for one in found) == text
    assert all(one.of(text).endswith("\n\n") for one in found[:-1])
    assert [one.end - one.start for one in parts("a" * (LONGEST + 1))] == [LONGEST, 1]
