"""Count expressions that the claim heads found, as mentions that the rest of the room can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.claim.mentions import Form, Mention, after_partitive, is_listed_age
from sayso.claim.numbers import quantity_at, read
from sayso.claim.tokens import span_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.numbers import Quantity
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.records import Count, Harm, Span

_BACK = 5
"""How many tokens before the tagged words a bound may begin: "no fewer than", "an estimated"."""
_MARKS = frozenset({"“", "”", '"', "‘", "’", "(", ")", ",", ":", "-", "—", "–", "[", "]", ";"})


def as_mention(text: str, tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> Mention | None:
    """Read tagged words as a mention of people; None where no figure or people can be read from them.

    The tagged words are widened to the bounds that belong to their figure, never narrowed to fewer people than they
    name; what they count is what `numbers.read` reads in them, so that the claim can be verified.

    Args:
        text: The text that the tokens index.
        tokens: The tokens of the sentence.
        span: The tagged words.
        lexicon: The words of the language.
    """
    inside = [i for i, token in enumerate(tokens) if token.start < span.end and span.start < token.end]
    while inside and tokens[inside[0]].text in _MARKS:
        inside.pop(0)
    while inside and tokens[inside[-1]].text in _MARKS:
        inside.pop()
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    quantity = _quantity(tokens, first, last, lexicon)
    if quantity is not None:
        first, last = min(first, quantity.first), max(last, quantity.last)
    elif not _names_people(tokens[first:last], lexicon):
        return None
    if _is_of_things(tokens[first:last], lexicon):
        return None
    count = read(span_of(tokens[first:last]).of(text), lexicon.numbers.language)
    if count is None or (quantity is not None and is_listed_age(tokens, quantity)):
        return None
    figure = quantity.figure if quantity is not None else first
    head, partitive = after_partitive(tokens, quantity.last, lexicon) if quantity is not None else (first, False)
    head = min(head, last)
    form, harm = _form(tokens, head, last, count, lexicon)
    return Mention(first, figure, head, last, count, form, harm, partitive)


def _quantity(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> Quantity | None:
    """Return the quantity that the tagged words hold, or hold the end of, with the bounds in front of it."""
    for at in range(max(0, first - _BACK), last):
        quantity = quantity_at(tokens, at, lexicon.numbers)
        if quantity is not None and first < quantity.last and (quantity.figure < last or at == first):
            return quantity
    return None


def _names_people(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Say whether words without a quantity could stand for people: a noun for them, or a name.

    Figures among them are an age, a year or a time of day, since they were no quantity in their sentence.
    """
    if any(token.is_digits for token in tokens):
        return False
    small = lexicon.harms.determiner
    return any(
        lexicon.people.is_person(t.lower) or (t.is_word and t.lower not in small and t.lower not in lexicon.stops)
        for t in tokens
    )


def _is_of_things(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Say whether what is counted is certainly no people: "twenty cows"."""
    people = lexicon.people
    return people.is_thing(tokens[-1].lower) and not any(people.is_person(t.lower) for t in tokens)


def _form(tokens: Sequence[Token], head: int, last: int, count: Count, lexicon: Lexicon) -> tuple[Form, Harm | None]:
    nouns = [lexicon.harms.nouns.match(tokens, i) for i in range(head, last)]
    harm = next((hit[1] for hit in nouns if hit is not None), None)
    if count.phrase == "plural":
        return "plural", harm
    if count.kind == "individual":
        return ("definite" if tokens[head].lower in lexicon.harms.determiner else "name"), harm
    if head >= last:
        return "bare", None
    if harm is not None:
        return "harm", harm
    people = any(lexicon.people.is_person(t.lower) for t in tokens[head:last])
    return ("people" if people else "unknown"), None
