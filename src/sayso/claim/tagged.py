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
_ARTICLES, _JOINS = frozenset({"the", "a", "an"}), frozenset({"and", "or", "but"})
_QUOTES = frozenset({"“", "”", '"', "‘", "’", "'"})
_DESCRIBED = 3
"""How many words may stand between a capital that describes somebody and the end of what they are: "aid worker"."""
_MARKS = frozenset({"“", "”", '"', "‘", "’", "(", ")", ",", ":", "-", "—", "–", "[", "]", ";"})


def as_mention(
    text: str, tokens: Sequence[Token], span: Span, lexicon: Lexicon, *, single: bool = False
) -> Mention | None:
    """Read tagged words as a mention of people; None where no figure or people can be read from them.

    The tagged words are widened to the bounds that belong to their figure, never narrowed to fewer people than they
    name; what they count is what `numbers.read` reads in them, so that the claim can be verified.

    Args:
        text: The text that the tokens index.
        tokens: The tokens of the sentence.
        span: The tagged words.
        lexicon: The words of the language.
        single: Whether they were tagged as one person.
    """
    inside = [i for i, token in enumerate(tokens) if token.start < span.end and span.start < token.end]
    while inside and (tokens[inside[0]].text in _MARKS or tokens[inside[0]].lower in _JOINS):
        inside.pop(0)
    while inside and (tokens[inside[-1]].text in _MARKS or _leads_on(tokens[inside[-1]], lexicon)):
        inside.pop()
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    quantity = _quantity(tokens, first, last, lexicon)
    if quantity is not None:
        first, last = min(first, quantity.first), max(last, quantity.last)
    elif not _names_people(tokens[first:last], lexicon):
        return None
    else:
        first = _first_of_one(tokens, first, last, lexicon) if single else first
        first, last = _whole(tokens, first, last, lexicon)
    if _is_of_things(tokens[first:last], lexicon):
        return None
    count = read(span_of(tokens[first:last]).of(text), lexicon.numbers.language)
    if count is None or (quantity is not None and is_listed_age(tokens, quantity, lexicon)):
        return None
    if quantity is None and count.kind == "count":
        return None  # a figure by itself, and none in its sentence: "one in three people"
    figure = quantity.figure if quantity is not None else first
    head, partitive = after_partitive(tokens, quantity.last, lexicon) if quantity is not None else (first, False)
    if quantity is not None and last <= head and _things_follow(tokens, head, lexicon):
        return None
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


def _leads_on(token: Token, lexicon: Lexicon) -> bool:
    """Say whether no count expression ends with a word: "Asen and"."""
    return token.lower in _ARTICLES or token.lower in lexicon.harms.preposition


def _first_of_one(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Leave out what several people are together before the name of one: "the cousins [Asen Dimov]"."""
    people = lexicon.people
    at = last
    while at > first and _is_of_name(tokens[at - 1], lexicon):
        at -= 1
    together = tokens[at - 1].lower if first < at < last else ""
    return at if people.is_person(together) and people.is_plural(together) else first


def _whole(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> tuple[int, int]:
    """Take in the rest of a name, and of words that say who bears it: "British [aid worker Katie Lomax]"."""
    if not all(token.is_capital for token in tokens[first:last]):
        return first, last
    behind = last
    while behind < min(len(tokens), last + _DESCRIBED) and _may_describe(tokens[behind], lexicon):
        behind += 1
        if lexicon.people.is_person(tokens[behind - 1].lower):
            last = behind
    if first > 1 and tokens[first - 1].text in _QUOTES and _is_nickname(tokens[first - 2 : last + 2], lexicon):
        first, last = first - 2, last + 2
    while step := _name_goes_on(tokens[last : last + 4], lexicon):
        last += step
    while step := _name_goes_on(tokens[max(0, first - 4) : first][::-1], lexicon):
        first -= step
    return first, last


def _name_goes_on(beside: Sequence[Token], lexicon: Lexicon) -> int:
    """Return how many of the words next to a name, from it outwards, are part of it: one, a nickname too, or none."""
    if not beside:
        return 0
    if beside[0].text in _QUOTES and len(beside) > 3 and beside[2].text in _QUOTES:
        return 4 if _is_of_name(beside[1], lexicon) and _is_of_name(beside[3], lexicon) else 0
    return int(_is_of_name(beside[0], lexicon))


def _is_nickname(around: Sequence[Token], lexicon: Lexicon) -> bool:
    """Say whether words with their quotation marks stand between the two parts of a name: 'Ilan "Ko" Moss'."""
    return around[-2].text in _QUOTES and all(_is_of_name(token, lexicon) for token in (around[0], around[-1]))


def _may_describe(token: Token, lexicon: Lexicon) -> bool:
    """Say whether a word may stand between "British" and the noun that it belongs to."""
    plural = lexicon.people.is_plural(token.lower) and lexicon.people.is_person(token.lower)
    closed = lexicon.harms.verbs, lexicon.harms.be, lexicon.harms.have, lexicon.harms.adverb, lexicon.harms.pronoun
    return (
        token.is_word
        and not token.is_capital
        and not plural
        and not _leads_on(token, lexicon)
        and not any(token.lower in words for words in (*closed, lexicon.harms.relative, lexicon.stops))
    )


def _is_of_name(token: Token, lexicon: Lexicon) -> bool:
    """Say whether a word next to a name is part of it."""
    if not token.is_word or not token.is_capital or token.text.isupper():
        return False
    closed = lexicon.harms.determiner, lexicon.harms.pronoun, lexicon.harms.verbs, lexicon.stops, lexicon.weekdays
    return not _leads_on(token, lexicon) and not any(token.lower in words for words in closed)


def _things_follow(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Say whether a figure that was tagged by itself counts the things behind it: "[Fourteen] rockets"."""
    noun = tokens[at].lower if at < len(tokens) and not tokens[at].is_capital else ""
    return noun.endswith("s") and lexicon.people.is_thing(noun) and not lexicon.people.is_person(noun)


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
