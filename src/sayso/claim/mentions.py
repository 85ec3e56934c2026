"""Mentions of people in a sentence: how many, and the words that name them.

A mention is a candidate for the count expression of a claim; whether anything happened to the people is decided in
`sayso.claim.harms`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sayso.claim.numbers import Quantity, may_begin, quantity_at
from sayso.claim.tokens import span_of
from sayso.records import Count, Harm, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon

Form = Literal["people", "harm", "bare", "unknown", "plural", "name", "definite", "thing"]
_LONGEST = 9
_BEFORE_PEOPLE = 6
"""Tokens within which a plural has its noun: an owner, up to four others, and the noun."""
_NEGATION_REACH = 5
_OLDEST = 110
_CALLED = frozenset(
    {"operator", "operators", "dispatcher", "dispatchers", "call", "calls", "caller", "callers", "centre"}
)
_CALLING = frozenset(
    {"call", "called", "calling", "dial", "dialed", "dialled", "dialing", "dialling", "phone", "phoned", "rang", "ring"}
)
_AFTER_CALL = frozenset({
    "and", "to", "for", "from", "about", "because", "before", "after", "when", "while", "as", "at", "on", "but", "that",
})  # fmt: skip
"""Words behind an emergency number that is called, and not behind so many people who are."""
_AGE_REACH = 8
"""How many words before an age the person may stand."""
_IS = frozenset({"was", "is", "as"})
_WHO = frozenset({"who", "whom", "whose"})
_TOLLS = frozenset(
    {"it", "that", "toll", "number", "figure", "count", "total", "there", "dead", "killed", "those", "they"}
)
"""Words that are put at a figure which is nobody's age: "officials, who said the toll was 40"."""
_AFTER_AGE = frozenset(
    {"and", "but", "when", "while", "by", "at", "in", "after", "not", "on", "or", "years", "died", "was"}
)
"""Words behind an age, and not behind so many people."""
_NOBODY = frozenset({"nobody", "no_one", "none", "not_a_single"})
_UNSURE = frozenset({"known", "whether", "mention", "mentioned", "clear", "if", "say", "give", "know"})
_MANPOWER = frozenset({"life", "lives", "manpower", "personnel", "ranks", "side"})
_WAR = frozenset({"force", "forces", "battle", "enemy"})
_NEVER_ALONE = frozenset({"some", "various", "multiple", "numerous"})
_NUMBERED = frozenset({
    "No", "Nr", "no", "Ward", "Zone", "Camp", "Route", "Unit", "Area", "School", "Hill", "Height", "Pit", "Bay",
    "Sector", "Gate", "Shaft", "Line", "Platform", "Flight", "Room", "Block", "Building", "House", "Hospital", "Mine",
    "Post",
    "Checkpoint", "Precinct", "District", "Region", "Highway", "Road", "Exit", "Article", "Chapter", "Section", "Page",
    "Brigade", "Battalion", "Regiment", "Day", "Week",
})  # fmt: skip
_NUMBER = frozenset({"No", "Nr", "no", "nr", "NO", "Nos"})
_PLURAL = Count(2, None, "vague", "plural", "vague")
_ONE = Count(1, 1, "exact", None, "individual")


@dataclass(frozen=True, slots=True)
class Mention:
    """People spoken of: tokens ``[first, last)`` of a sentence.

    Attributes:
        first: First token, articles and bounds included.
        figure: First token of the number itself, or of the noun where there is none.
        head: First token after number and partitive: where the noun phrase begins.
        last: End of the noun phrase.
        count: What the words state.
        form: ``people`` (a noun for people stands in it), ``harm`` (the noun holds the harm: "12 deaths"), ``bare``
            (a figure alone), ``unknown`` (a noun of neither kind), ``plural`` (people without a figure), ``name``
            or ``definite`` (one person without a figure).
        harm: The harm that the words themselves hold, if any.
        partitive: Whether they are some of a larger group ("two of them").
    """

    first: int
    figure: int
    head: int
    last: int
    count: Count
    form: Form
    harm: Harm | None = None
    partitive: bool = False


def span_of_mention(tokens: Sequence[Token], mention: Mention) -> Span:
    """Return the count expression of a mention in the text that its sentence's tokens index."""
    return span_of(tokens[mention.first : max(mention.last, mention.figure + 1)])


def find_mentions(tokens: Sequence[Token], lexicon: Lexicon) -> list[Mention]:
    """Find the mentions of a sentence in text order; they do not overlap."""
    out: list[Mention] = []
    is_person, opening = lexicon.people.is_person, lexicon.numbers.opening
    persons = [at for at, token in enumerate(tokens) if is_person(token.lower)]
    before_person = {i for at in persons for i in range(at - _BEFORE_PEOPLE + 1, at + 1)}
    i = 0
    while i < len(tokens):
        token = tokens[i]
        mention = None
        if token.is_digits or token.lower in opening or "-" in token.lower:
            mention = _counted(tokens, i, lexicon)
        if mention is None and token.is_word:
            mention = _uncounted(tokens, i, lexicon, before_person=i in before_person)
        if mention is None:
            i += 1
            continue
        out.append(mention)
        i = max(mention.last, i + 1)
    return out


def _counted(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Mention | None:
    quantity = quantity_at(tokens, at, lexicon.numbers)
    if quantity is None or is_named(tokens, at, quantity.figure, quantity.last):
        return None
    head, partitive = after_partitive(tokens, quantity.last, lexicon)
    if partitive:
        whole = quantity_at(tokens, head, lexicon.numbers)
        head = whole.last if whole is not None and whole.count.kind == "count" and not whole.article else head
    last, form, harm = _noun_phrase(tokens, head, lexicon)
    if quantity.count.kind == "zero" and _is_without_losses(tokens, quantity.first, head, lexicon):
        last, form, harm = head + 1, "harm", "killed_or_injured" if tokens[head].lower == "losses" else "killed"
    mention = Mention(quantity.first, quantity.figure, head, last, quantity.count, form, harm, partitive)
    if form == "thing" or (form == "bare" and is_listed_age(tokens, quantity, lexicon)):
        return None
    if mention.count.kind == "zero":
        return mention if _is_zero(tokens, mention, lexicon) else None
    if quantity.article:
        known = form in {"people", "harm"}
        return mention if known and not lexicon.people.is_plural(tokens[last - 1].lower) else None
    return None if form == "bare" and mention.count.phrase in _NEVER_ALONE else mention


def _is_zero(tokens: Sequence[Token], mention: Mention, lexicon: Lexicon) -> bool:
    """Keep "no" only before people or harm; "nobody" and "no one" are people by themselves."""
    if mention.count.phrase == "not_any":
        before = [t.lower for t in tokens[max(0, mention.first - _NEGATION_REACH) : mention.first]]
        if not any(word in lexicon.harms.negation for word in before) or any(word in _UNSURE for word in before):
            return False
    return mention.form in {"people", "harm"} or mention.count.phrase in _NOBODY


def _is_without_losses(tokens: Sequence[Token], first: int, head: int, lexicon: Lexicon) -> bool:
    """Say whether a party speaks of no losses of its own: "suffered no losses", but not "no losses on the shares"."""
    if head >= len(tokens) or tokens[head].lower not in lexicon.harms.losses:
        return False
    behind = [t.lower for t in tokens[head + 1 : head + 4]]
    of_people = any(word in _MANPOWER or lexicon.people.is_person(word) for word in behind[1:])
    of_things = behind[:1] and behind[0] in {"of", "in", "on"} and not {*behind[1:2]} & lexicon.harms.determiner
    if of_things and not of_people:
        return False
    told = any(t.lower in lexicon.harms.suffered for t in tokens[max(0, first - 2) : first + 1])
    status = lexicon.people.status
    of_war = any(t.lower in lexicon.slots.war or status.get(t.lower) == "combatant" or t.lower in _WAR for t in tokens)
    return told and (of_war or of_people)


def is_listed_age(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """Tell an age from a count: "Petra Vance, 29, was hurt", "another man, 28, was shot"."""
    first, last = quantity.first, quantity.last
    if (
        quantity.count.kind != "count"
        or quantity.count.qualifier != "exact"
        or (quantity.count.low or 0) > _OLDEST
        or first < 2
        or tokens[first - 1].text != ","
    ):
        return False
    before, people = tokens[first - 2], lexicon.people
    if last < len(tokens) and tokens[last].text == "," and not quantity.article:
        person = people.is_person(before.lower) and not people.is_plural(before.lower)
        if person or before.lower == "another":
            return True
    named = before.is_capital or before.text in {")", "”"}
    return named and (
        last >= len(tokens) or tokens[last].text in {",", ".", ";", ")"} or tokens[last].lower in {"of", "and"}
    )


def is_named(tokens: Sequence[Token], at: int, figure: int, last: int) -> bool:
    """Tell "Ward 4", "555-0142", "911 operators" and "she was 16" from a count: a figure of a name or of one person.

    Args:
        tokens: The tokens of a sentence.
        at: Where the words begin.
        figure: Where the figure itself stands.
        last: Where it ends.
    """
    if _is_dialled(tokens[figure : figure + 3]) or _calls_for_help(tokens, figure) or _is_own_age(tokens, figure):
        return True
    closes = last < len(tokens) and tokens[last].text == ")"
    if at == 0 or not tokens[figure].is_digits:
        return False
    if closes and tokens[at - 1].is_capital:
        return True
    before = at - 2 if tokens[at - 1].text == "." and at > 1 else at - 1
    numbered = _NUMBERED if before == at - 1 else _NUMBER
    return at == figure and tokens[before].text in numbered


def _is_dialled(parts: Sequence[Token]) -> bool:
    """Say whether three tokens are a telephone number: "555-0142"."""
    if len(parts) < 3 or parts[1].text != "-" or parts[0].end != parts[1].start or parts[1].end != parts[2].start:
        return False
    return [len(part.text) for part in parts if part.is_digits] == [3, 4]


def _calls_for_help(tokens: Sequence[Token], figure: int) -> bool:
    """Say whether a figure is whom people call for help: "911 operators", "she called 911"."""
    if tokens[figure].text not in {"911", "999", "112"}:
        return False
    behind = tokens[figure + 1 : figure + 2]
    before = tokens[figure - 1].lower if figure else ""
    called = before in _CALLING and not any(token.is_word and token.lower not in _AFTER_CALL for token in behind)
    return called or any(token.lower in _CALLED for token in behind)


def _is_own_age(tokens: Sequence[Token], figure: int) -> bool:
    """Say whether a figure is how old somebody is: "the 17 y/o boy", "she was 16", "who police said was 16"."""
    behind = [token.lower for token in tokens[figure + 1 : figure + 4]]
    if behind == ["y", "/", "o"]:
        return True
    if not tokens[figure].text.isdecimal() or int(tokens[figure].text) > _OLDEST or figure < 2:
        return False
    if behind[:1] and (behind[0] == "of" or (tokens[figure + 1].is_word and behind[0] not in _AFTER_AGE)):
        return False
    before = [token.lower for token in tokens[max(0, figure - _AGE_REACH) : figure]]
    if before[-1] not in _IS:
        return False
    if before[-2] in {"he", "she"}:
        return True
    who = max((at for at, word in enumerate(before) if word in _WHO), default=None)
    return who is not None and not _TOLLS & set(before[who:])


def after_partitive(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[int, bool]:
    """Step over "of", "of the", "more", "other" and the like behind a number."""
    i, partitive = at, False
    if i < len(tokens) and tokens[i].lower == "of":
        i += 1
        start = i
        while i < len(tokens) and tokens[i].lower in lexicon.harms.determiner:
            i += 1
        stands_for = i < len(tokens) and tokens[i].lower in {"them", "whom", "us"}
        partitive = i > start or stands_for or (i < len(tokens) and tokens[i].lower in {"those", "these"})
        i += stands_for
    return i, partitive


def _noun_phrase(tokens: Sequence[Token], start: int, lexicon: Lexicon) -> tuple[int, Form, Harm | None]:
    """Read the noun phrase that begins at `start`: its end, what kind of noun it has, and a harm it holds.

    The phrase ends at the first run of nouns for people; words that cannot stand inside one end it before.
    """
    harms, people = lexicon.harms, lexicon.people
    i = start
    held: Harm | None = None
    while i < len(tokens) and i - start < _LONGEST:
        token = tokens[i]
        noun = harms.nouns.match(tokens, i)
        if noun is not None and _ends_phrase(tokens, noun[0], lexicon):
            return _harm_noun(tokens, noun, lexicon)
        if people.is_person(token.lower) and not _is_modifier(tokens, i):
            end = i + 1
            while end < len(tokens) and people.is_person(tokens[end].lower) and tokens[end].lower not in _PREDICATES:
                end += 1
            noun = harms.nouns.match(tokens, end)
            if noun is not None and tokens[end].lower not in harms.verbs and tokens[end].lower not in _PREDICATES:
                return _harm_noun(tokens, noun, lexicon)
            describes = not people.is_plural(tokens[end - 1].lower) or tokens[end - 1].lower in {
                "police",
                "crew",
                "staff",
            }
            if describes and end < len(tokens) and people.is_thing(tokens[end].lower):
                return end + 1, "thing", None
            return end, "people", held
        age = _age(tokens, i)
        if age:
            i = age
            if i >= len(tokens) or not (_inside(tokens, i, lexicon) or people.is_person(tokens[i].lower)):
                return i, "people", held
            continue
        if people.is_thing(token.lower) and not _person_follows(tokens, i, lexicon):
            return i + 1, "thing", None
        if token.lower in harms.verbs or token.lower in {"missing", "displaced"}:
            verb = harms.verbs.get(token.lower)
            if not _adjective_before_people(tokens, i, lexicon):
                break
            held = verb.harm if verb is not None else ("missing" if token.lower == "missing" else "displaced")
            i += 1
            continue
        is_verb = (
            token.lower.endswith("ed") and not token.is_capital and not _describes_what_follows(tokens, i, lexicon)
        )
        if is_verb or not _inside(tokens, i, lexicon):
            break
        i += 1
    if i == start:
        return start, "bare", None
    return _unknown(tokens, start, i, lexicon)


def _harm_noun(tokens: Sequence[Token], noun: tuple[int, Harm], lexicon: Lexicon) -> tuple[int, Form, Harm]:
    """Take "of civilians" and the like with "bodies", "deaths"."""
    last, harm = noun
    if last + 1 < len(tokens) and tokens[last].lower in {"of", "among"}:
        end = last + 1
        while (
            end < len(tokens)
            and end - last < 6
            and (lexicon.people.is_person(tokens[end].lower) or _inside(tokens, end, lexicon))
        ):
            end += 1
            if lexicon.people.is_person(tokens[end - 1].lower):
                return end, "harm", harm
    return last, "harm", harm


def _ends_phrase(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Say whether a harm noun is the head here: no noun for people or things follows it directly."""
    if at >= len(tokens):
        return True
    after = tokens[at].lower
    if tokens[at - 1].lower in lexicon.harms.verbs or tokens[at - 1].lower in {"missing", "displaced", "dead"}:
        return (not _adjective_before_people(tokens, at - 1, lexicon) and after not in {"in", "by", "when"}) or (
            tokens[at - 1].lower == "dead"
        )
    return not lexicon.people.is_person(after) and not lexicon.people.is_thing(after)


def _adjective_before_people(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Say whether a participle stands before its noun: "wounded soldiers", "five missing young men"."""
    for i in range(at + 1, min(at + 4, len(tokens))):
        if lexicon.people.is_person(tokens[i].lower):
            return True
        if not tokens[i].is_word or not _inside(tokens, i, lexicon):
            return False
    return False


def _describes_what_follows(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Say whether a participle describes people or harm named behind it: "trapped miners", "reported casualties"."""
    return _adjective_before_people(tokens, at, lexicon) or lexicon.harms.nouns.match(tokens, at + 1) is not None


def _is_modifier(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a noun for people only describes the noun after it: "rebel fighters", "police cars"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.text not in {"-", "'s", "’s"} or at + 2 >= len(tokens):
        return False
    return tokens[at + 2].is_word and after.start == tokens[at].end


def _age(tokens: Sequence[Token], at: int) -> int:
    """Return the end of an age that begins at `at` ("17-year-old", "17 year old"), or 0."""
    if not tokens[at].is_digits:
        return 0
    rest = "".join(t.lower for t in tokens[at + 1 : at + 5])
    for pattern, length in (
        ("-year-old", 2),
        ("-year-", 4),
        ("yearold", 2),
        ("year-old", 1),
        ("-month-old", 2),
        ("yearsold", 2),
        ("y/o", 3),
    ):
        if rest.startswith(pattern):
            return at + 1 + length
    return 0


def _person_follows(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Say whether a thing only describes people named right after it: "bus passengers", "Islamic State fighters"."""
    return any(
        lexicon.people.is_person(t.lower) and tokens[at + 1].is_word and _inside(tokens, at + 1, lexicon)
        for t in tokens[at + 1 : at + 3]
    )


def _inside(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Say whether a token can stand inside a noun phrase."""
    token, harms = tokens[at], lexicon.harms
    if token.text in {"“", "”", '"', "‘", "-", "'s", "’s", "[", "]"}:
        return True
    if not token.is_word:
        return token.is_digits and at + 1 < len(tokens) and tokens[at + 1].lower in {"-", "year", "month", "years"}
    word = token.lower
    if word in harms.preposition or word in harms.be or word in harms.have or word in harms.relative:
        return False
    if word in harms.pronoun or word in harms.adverb or word in harms.determiner or word in lexicon.stops:
        return word in {"other", "others", "more"}
    return not (word.endswith("ly") and word not in {"elderly", "family", "friendly"})


def _unknown(tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon) -> tuple[int, Form, Harm | None]:
    """Judge a noun phrase without a known noun by the form of its words."""
    words = [t for t in tokens[start:end] if t.is_word]
    if not words:
        return start, "bare", None
    if words[-1].lower in {"more", "others", "other"}:
        return end, "bare", None
    first = words[0]
    plural = next(
        (k for k, t in enumerate(tokens[start:end]) if t.is_capital and lexicon.people.is_plural(t.lower)), None
    )
    if plural is not None and first.is_capital:
        return start + plural + 1, "people", None
    return min(end, start + 3), "unknown", None


def _uncounted(tokens: Sequence[Token], at: int, lexicon: Lexicon, *, before_person: bool) -> Mention | None:
    """Find people without a figure: a plural, a name, or one definite person.

    Args:
        tokens: The tokens of a sentence.
        at: Where the words would begin, with a word.
        lexicon: The words of the language.
        before_person: Whether one of the next tokens is a noun for people.
    """
    token = tokens[at]
    mention = _plural(tokens, at, lexicon) if before_person else None
    if mention is None and token.lower in _OWNERS:
        mention = _definite(tokens, at, lexicon)
    if mention is None and token.is_capital:
        mention = _name(tokens, at, lexicon)
    return mention


def _plural(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Mention | None:
    """Read "civilians", "women and children", "many of the" is a quantity and not read here."""
    people = lexicon.people
    if at and may_begin(tokens[at - 1], lexicon.numbers):
        return None
    before = tokens[at - 1].lower if at else ""
    i = at
    if tokens[i].lower in {"the", "these", "those", "their", "his", "her", "its", "our", "my"}:
        i += 1
    start = i
    while i < len(tokens) and i - start < 4 and not people.is_person(tokens[i].lower):
        if not tokens[i].is_word or not _inside(tokens, i, lexicon) or tokens[i].lower in lexicon.harms.verbs:
            return None
        if people.is_thing(tokens[i].lower) or may_begin(tokens[i], lexicon.numbers):
            return None
        i += 1
    if i >= len(tokens) or not people.is_person(tokens[i].lower) or before == "'s":
        return None
    while i + 1 < len(tokens) and people.is_person(tokens[i + 1].lower):
        i += 1
    if not people.is_plural(tokens[i].lower) or tokens[i].lower in {
        "those",
        "them",
        "whom",
        "ones",
        "others",
        "police",
        "us",
    }:
        return None
    last = i + 1
    if last < len(tokens) and (people.is_thing(tokens[last].lower) or tokens[last].lower in {"'s", "'", "’"}):
        return None
    if (
        last + 1 < len(tokens)
        and tokens[last].lower == "and"
        and people.is_plural(tokens[last + 1].lower)
        and people.is_person(tokens[last + 1].lower)
    ):
        last += 2
    return Mention(at, start, start, last, _PLURAL, "plural")


# Nouns that stand behind people to say what became of them: "took 36 marines prisoner".
_PREDICATES = frozenset({"prisoner", "hostage", "captive", "dead", "missing", "prisoners", "hostages", "displaced"})
_OWNERS = frozenset({"the", "his", "her", "their", "its", "my", "our"})


def _definite(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Mention | None:
    """Read one definite person behind one of `_OWNERS`: "her husband", "the town's mayor"."""
    people = lexicon.people
    i = at + 1
    while i < len(tokens) and i - at < 6 and not people.is_person(tokens[i].lower):
        age = _age(tokens, i)
        if age:
            i = age
            continue
        if people.is_thing(tokens[i].lower) or may_begin(tokens[i], lexicon.numbers):
            return None
        if not _inside(tokens, i, lexicon) or tokens[i].lower in lexicon.harms.verbs:
            return None
        i += 1
    if i >= len(tokens) or not people.is_person(tokens[i].lower):
        return None
    while i + 1 < len(tokens) and people.is_person(tokens[i + 1].lower):
        i += 1
    if people.is_plural(tokens[i].lower) or tokens[i].lower in {"case", "life", "population", "police", "head"}:
        return None
    last = i + 1
    if last < len(tokens) and (people.is_thing(tokens[last].lower) or tokens[last].text in {"'s", "’s"}):
        return None
    while last < len(tokens) and tokens[last].is_capital and tokens[last].is_word and last - i < 5:
        last += 1
    return Mention(at, at, at + 1, last, _ONE, "definite")


def _name(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Mention | None:
    """Read a personal name: two capitalised words or more that are no known noun, with a title before them or not."""
    if len(tokens[at].text) < 2:
        return None
    i = at
    while i < len(tokens) and _of_name(tokens, i, at):
        if not _is_forename(tokens, i) and (
            tokens[i].lower in lexicon.stops or tokens[i].lower in lexicon.harms.preposition
        ):
            break
        if may_begin(tokens[i], lexicon.numbers) or (
            lexicon.people.is_plural(tokens[i].lower) and lexicon.people.is_person(tokens[i].lower)
        ):
            return None
        i += 1
    while i > at and tokens[i - 1].lower in {"al", "bin", "ibn", "abu", "de", "la", "van", "von", "el", "."}:
        i -= 1
    if i - at < 2 or any(t.text.isupper() and len(t.text) > 1 for t in tokens[at:i]):
        return None
    if any(lexicon.people.is_thing(t.lower) for t in tokens[at:i]) or tokens[at].lower in lexicon.harms.determiner:
        return None
    return Mention(at, at, at, i, _ONE, "name")


def _is_forename(tokens: Sequence[Token], i: int) -> bool:
    """Say whether a small word is a name here: "Per Lissak", "Will Aske"; not where it begins a sentence."""
    goes_on = i + 1 < len(tokens) and tokens[i + 1].text.istitle()
    return i > 0 and goes_on and tokens[i].text in {"Per", "Will"}


def _of_name(tokens: Sequence[Token], i: int, at: int) -> bool:
    token = tokens[i]
    if token.is_capital and token.is_word:
        return True
    return i > at and (
        token.lower in {"al", "bin", "ibn", "abu", "de", "la", "van", "von", "el", "del"}
        or (token.text == "." and len(tokens[i - 1].text) <= 3)
    )
