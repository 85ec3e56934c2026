"""What was said of all the people of an event, apart from what was said of some of them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from sayso.events import Range
from sayso.incident.doubts import HURT, SEVERAL, says_none, sure
from sayso.incident.relations import SAYS_PART, parts_of_wholes
from sayso.incident.slots import harmed_name
from sayso.incident.told import Counted
from sayso.records import HARMS
from sayso.zeros import is_none_of_some

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.events import Age, Kept, Sex
    from sayso.incident.told import Figure
    from sayso.records import Claim, Harm, Span

_HIT = re.compile(r"\b(?:shot|shooting|struck|hit)\b", re.IGNORECASE)
"""Words of harm that leave open who lived."""
_WHO = r"(?:suspect|gunman|shooter|attacker|assailant)"
_AND_HIMSELF = re.compile(
    r"\bmurder[- ]suicides?\b|\bcommit(?:s|ted|ting)? suicide\b|\bself-inflicted\b|, self\b|"
    r"\b(?:and|then|before) (?:then )?(?:fatally )?(?:(?:kill|shoot|shot|stabb?|hang)(?:ed|ing)? )?"
    r"(?:him|her|them)sel(?:f|ves)\b|\bkill(?:s|ed|ing) (?:him|her|them)sel(?:f|ves)\b|"
    r"\bturn(?:s|ed|ing) (?:the|a|his|her) \w+ on (?:him|her)self\b|\bt(?:akes?|aking|ook) (?:his|her) own life\b|"
    rf"\b(?:kill(?:ed|ing|s)?|fatally sh(?:ot|oot\w*)) the (?:suspected |alleged )?{_WHO}\b|"
    rf"\b{_WHO} (?:was|were) (?:also )?(?:fatally shot|shot (?:dead|and killed|to death)|killed|found dead|dead)\b",
    re.IGNORECASE,
)
"""Words by which whoever did it died too, whom some count among the killed and others do not."""
_FEW = 12
"""People up to which the parts of a sentence are added up; beyond, one of them is likelier to be the sum already."""


def whole_figures(claims: Sequence[Kept], harm: str) -> tuple[Figure, ...]:
    """Return what one story says of all its people who came to one harm, what it says most often first.

    Denied and rejected claims give no figure, nor does it that none of some was harmed ("no civilians"); what plainly
    counts some of those whom another claim counts gives none beside it; vague words give one where there is no number.
    Where a story only names people, it is how many it names.
    """
    told = asserted(claims, harm)
    if not told:
        return ()
    counted = whole = [c for c in told if c.kind in {"count", "zero"} and c.low is not None]
    if len(counted) > 1:
        some = {kept.claim.id for kept, _ in parts_of_wholes(claims) if SAYS_PART.search(kept.sentence)}
        whole = [c for c in counted if c.id not in some] or counted
    whole = whole or [c for c in told if c.kind == "vague" and c.low is not None]
    counts = Counter((c.low or 0, c.high) for c in whole)
    if counts:
        at = {figure: number for number, figure in enumerate(counts)}
        # Of two said about as often the first holds, but "one" is mostly one of them.
        return tuple(sorted(counts, key=lambda figure: (-counts[figure] - 2 * (figure[0] > 1), at[figure])))
    named = {harmed_name(c) or "" for c in told if c.kind == "individual"}
    return ((len(named), len(named)),) if named else ()


def asserted(claims: Iterable[Kept], harm: str) -> list[Claim]:
    """Return the claims of one harm that are put forward: not denied, and not rejected by a person.

    That none of some was harmed is left out, since it is no figure of all.
    """
    return [
        kept.claim
        for kept in claims
        if kept.claim.harm == harm
        and kept.claim.stance != "denies"
        and not (kept.ruling and kept.ruling.verdict == "rejected")
        and not is_none_of_some(kept)
    ]


def ranges(stories: Iterable[Sequence[Kept]]) -> dict[Harm, Range]:
    """Return the lowest and highest number said of all the people of an event, by harm, in the order of `HARMS`.

    Args:
        stories: The claims of the event, those of each story together.
    """
    return bounds([counted(story) for story in stories])


def bounds(stories: Sequence[Mapping[str, Counted]]) -> dict[Harm, Range]:
    """Return the lowest and highest number said of all the people of an event, by harm, in the order of `HARMS`.

    Each story counts with its own figure of the whole (`whole_figures`), or with how many people it names where that
    is more. Some readings of the words widen the range, since nobody says which one holds:

    - A person who is named among the killed here and among the injured there is counted in the highest number of
      both, and in the lowest of neither.
    - "Five people were shot, one fatally" says five or four injured.
    - Who is only named among "the victims", without a word of death, counts in the highest number of killed alone.
    - Whoever did it and died too is counted by some and not by others: one more in the highest number.
    - A figure that is told of several events at once ("in separate shootings") bounds each from above alone.
    - One person found wounded, where one was killed, may be the same; so may one killed in one report and injured in
      another, where none has both.

    Args:
        stories: What each story of the event says (`counted`).
    """
    both = _named(stories, "killed") & _named(stories, "injured")
    found: dict[Harm, Range] = {}
    for harm in HARMS:
        told = [story[harm] for story in stories if harm in story]
        said = [(one, span) for one in told if (span := _range(one, both))]
        spans = [span for _, span in said]
        if harm == "injured":
            dead = found["killed"].high or 0 if "killed" in found else 0
            spans = [_less_the_dead(one, span, dead, both) for one, span in said]
            spans = spans or _rest_of_all_hit(stories, found.get("killed"))
        if spans:
            lows = [low for low, _ in spans if low is not None]
            found[harm] = Range(min(lows) if lows else None, max(high for _, high in spans))
    killed = found.get("killed")
    if killed and killed.low and (_one_person(stories, found) or _may_be_none(stories)):
        found["killed"] = Range(None, killed.high)
    return {harm: Range(one.low, one.high, _may_be_more(stories, harm, one.high or 0)) for harm, one in found.items()}


def _may_be_more(stories: Iterable[Mapping[str, Counted]], harm: Harm, most: int) -> bool:
    """Say whether somebody leaves open that it is more than the highest number: "over 100"."""
    opens = (story[harm].open for story in stories if harm in story)
    return any(low is not None and low >= most for low in opens)


def _may_be_none(stories: Iterable[Mapping[str, Counted]]) -> bool:
    """Say whether somebody tells of the event as one in which nobody was killed."""
    return any("killed" in story and story["killed"].none for story in stories)


def _one_person(stories: Iterable[Mapping[str, Counted]], found: Mapping[Harm, Range]) -> bool:
    """Say whether one report has one person killed and another one injured, and none has both: it may be the same."""
    if found.get("killed") != Range(1, 1) or found.get("injured") not in {Range(None, 1), Range(1, 1)}:
        return False
    return not any(all(harm in story and story[harm].asserted for harm in ("killed", "injured")) for story in stories)


def _named(stories: Iterable[Mapping[str, Counted]], harm: Harm) -> frozenset[str]:
    """Return the last names of those whom stories name as having come to a harm."""
    return frozenset[str]().union(*(story[harm].named for story in stories if harm in story))


def _range(one: Counted, both: frozenset[str]) -> tuple[int | None, int] | None:
    """Return the lowest and highest number of a story; None where it says none.

    Args:
        one: What it says of one harm.
        both: The last names of those who are named among the killed and among the injured.
    """
    if one.high is None:
        return None
    if one.sure is None:
        return one.low, one.high
    surely = len(one.sure - both)
    return (_above_zero(surely) if one.named & both else max(1, surely)), one.high


def counted(story: Sequence[Kept]) -> dict[str, Counted]:
    """Return what a story says of how many people came to each harm that it speaks of, whatever others say.

    Args:
        story: The claims that one report makes of one event, in the order of the text.
    """
    told = {kept.claim.harm for kept in story}
    return {harm: _counted(story, harm) for harm in HARMS if harm in told}


def _counted(story: Sequence[Kept], harm: Harm) -> Counted:
    low, high, surely = _low_and_high(story, harm)
    lows = [low for low, most in whole_figures(story, harm) if most is None]
    return Counted(
        low=low,
        high=high,
        sure=surely,
        named=_people(story, harm),
        open=max(lows, default=None),
        asserted=bool(asserted(story, harm)),
        shot=_shot(story) if harm == "injured" else frozenset(),
        none=harm == "killed" and says_none(story),
    )


def _low_and_high(story: Sequence[Kept], harm: Harm) -> tuple[int | None, int | None, frozenset[str] | None]:
    """Return the lowest and highest number of a story, and who it names for sure where these make the lowest."""
    figures = whole_figures(story, harm)
    if not figures:
        highest = [claim.high for claim in asserted(story, harm) if claim.low is None and claim.high is not None]
        return None, max(highest, default=None), None
    named = len(_people(story, harm))
    did_it = _who_did_it(story, harm)
    if any(claim.kind != "individual" for claim in asserted(story, harm)):
        low, high = figures[0]
        return _least(story, harm, figures[0]), max(high or low, named, _side_by_side(story, harm)) + did_it, None
    telling = sure(story) if harm == "killed" else story
    return None, max(1, named, _side_by_side(story, harm)) + did_it, _people(telling, harm) if telling else None


def _least(story: Sequence[Kept], harm: str, figure: Figure) -> int | None:
    """Return the lowest number of a story; None where what it says may be of nobody, or of another event."""
    low = figure[0]
    if harm != "killed" or not low:
        return None if _of_several(story, harm, figure) else low
    telling = whole_figures(sure(story), harm)
    return min(low, telling[0][0]) if telling else None


def _of_several(story: Sequence[Kept], harm: str, figure: Figure) -> bool:
    """Say whether a figure is told of several events at once wherever it is told: "two died in separate shootings"."""
    said = [k for k in story if (k.claim.harm, k.claim.low, k.claim.high) == (harm, *figure) and figure[0] > 1]
    return bool(said) and all(SEVERAL.search(kept.sentence) for kept in said)


def _who_did_it(story: Sequence[Kept], harm: str) -> int:
    """Return 1 where whoever did it died too and may not be counted: "killed his wife and then himself"."""
    return int(harm == "killed" and any(_AND_HIMSELF.search(k.sentence) for k in story if k.claim.harm in HURT))


def _side_by_side(story: Sequence[Kept], harm: str) -> int:
    """Return how many people a story tells of at least, though nowhere as one number."""
    return max(_added_up(story, harm), _unlike(story, harm))


def _unlike(story: Sequence[Kept], harm: str) -> int:
    """Return how many people cannot be one another by sex and age: "his wife was killed", "the boy died" are two."""
    told = {
        (kept.victims.sex, kept.victims.age)
        for kept in story
        if kept.claim.harm == harm and kept.claim.stance != "denies" and kept.claim.low == kept.claim.high == 1
    }
    return max((number for number in (2, 3, 4) for some in combinations(told, number) if _all_differ(some)), default=0)


def _all_differ(people: Sequence[tuple[Sex | None, Age | None]]) -> bool:
    return all(any(x and y and x != y for x, y in zip(a, b, strict=True)) for a, b in combinations(people, 2))


def _added_up(story: Sequence[Kept], harm: str) -> int:
    """Return the most people that one sentence counts side by side: "a mother and her two children" are three."""
    sentences: dict[Span, list[Claim]] = {}
    for claim in asserted(story, harm):
        if claim.low is not None and claim.low == claim.high:
            sentences.setdefault(claim.sentence, []).append(claim)
    words = {kept.claim.sentence: kept.sentence for kept in story}
    sums = []
    for span, claims in sentences.items():
        counts = [claim.low or 0 for claim in {claim.victims or claim.text: claim for claim in claims}.values()]
        whole = max(counts)
        if len(counts) > 1 and not SAYS_PART.search(words[span]) and sum(counts) <= _FEW:
            sums.append(sum(counts) if whole != sum(counts) - whole else whole)
    return max(sums, default=0)


def _shot(story: Sequence[Kept]) -> frozenset[int]:
    """Return the figures of the injured of which the words leave open who of them lived: "five people were shot"."""
    hurt = (kept for kept in story if kept.claim.harm == "injured" and kept.claim.kind != "individual")
    return frozenset(kept.claim.low for kept in hurt if kept.claim.low is not None and _HIT.search(kept.sentence))


def _less_the_dead(
    one: Counted, said: tuple[int | None, int], dead: int, both: frozenset[str]
) -> tuple[int | None, int]:
    low, high = said
    if not dead or low is None:
        return said
    if low == 1 and not one.named - both:
        return None, high
    return (_above_zero(low - dead), high) if low in one.shot else said


def _rest_of_all_hit(stories: Iterable[Mapping[str, Counted]], killed: Range | None) -> list[tuple[int | None, int]]:
    """Take the injured from how many were hit in all, where nobody counts them apart."""
    told = (story["killed_or_injured"] for story in stories if "killed_or_injured" in story)
    all_hit = [one for hit in told if (one := _range(hit, frozenset()))]
    most = (killed.high or 0) if killed else 0
    least = (killed.low or 0) if killed else 0
    return [(_above_zero((low or 0) - most), max(0, high - least)) for low, high in all_hit]


def _above_zero(least: int) -> int | None:
    """Return a lowest number that was worked out; None where it says nothing, for nobody said that there were none."""
    return least if least > 0 else None


def _people(story: Sequence[Kept], harm: str) -> frozenset[str]:
    """Return the last names of those whom a story names as having come to a harm."""
    return frozenset(name.split()[-1] for claim in asserted(story, harm) if (name := harmed_name(claim)))
