"""One report's claims, parted into the stories that it tells."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sayso.incident.figures import counted, whole_figures
from sayso.incident.parting import parted
from sayso.incident.slots import (
    actor_words,
    harmed_name,
    hours,
    ordinal,
    own_means,
    own_part,
    spot_of,
    targets,
    telling_words,
    window,
)
from sayso.incident.terms import sentence_terms, terms_and_names
from sayso.incident.told import WIDE, Story
from sayso.records import HARMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.events import Kept
    from sayso.incident.parting import Part
    from sayso.incident.told import Told

_PARAGRAPH = re.compile(r"[^\n]+")


def story(told: Told, part: Part, passage: str) -> Story:
    """Bring together what one story says.

    Args:
        told: The report.
        part: The story's claims, at least one, and how it stands to the report's other stories.
        passage: The words around them.
    """
    claims = part.claims
    days = Counter(known for kept in claims if (known := window(kept.claim)))
    spots = Counter(spot for kept in claims if (spot := spot_of(kept.claim)))
    ranked_days = sorted(days, key=lambda one: (one[1] - one[0] > WIDE, -days[one], one[1] - one[0], one))
    ranked_spots = sorted(spots, key=lambda one: (-spots[one], one.prec or 9, one.name))
    times = Counter(said for kept in claims if (said := hours(kept.claim)))
    harmed = frozenset(name for kept in claims if (name := harmed_name(kept.claim)))
    words, names = terms_and_names(passage)
    return Story(
        id=claims[0].claim.id,
        report=told.report.id,
        voice=told.report.voice or told.report.id,
        published=ordinal(told.report.published),
        claims=tuple(kept.claim.id for kept in claims),
        days=ranked_days[0] if ranked_days else None,
        other_days=tuple(ranked_days[1:]),
        spots=tuple(ranked_spots),
        figures={harm: found for harm in HARMS if (found := whole_figures(claims, harm))},
        harmed=harmed,
        names=names - harmed,
        words=words,
        core=sentence_terms("\n".join(dict.fromkeys(kept.sentence for kept in claims))),
        means=frozenset(kind for kept in claims for kind in own_means(kept)),
        by=frozenset(word for kept in claims for word in actor_words(kept)),
        targets=frozenset(word for kept in claims for word in targets(own_part(kept))),
        hours=min(times, key=lambda one: (-times[one], one[1] - one[0], one), default=None),
        beside=part.beside,
        outlet=telling_words(told.report.outlet or ""),
        counted=counted(claims),
    )


def stories(told: Told) -> list[tuple[Story, tuple[Kept, ...]]]:
    """Return the stories that a report tells, each with its claims; totals over several events are left out.

    Args:
        told: The report, with its claims in the order of its text.
    """
    claims = [kept for kept in told.claims if kept.claim.scope == "incident"]
    found = parted(claims, told.text)
    if not found:
        return []
    main = max(found, key=lambda part: len(part.claims))
    whole = len(found) == 1
    return [
        (story(told, part, _passage(told, part.claims, claims, whole=whole, main=part is main)), part.claims)
        for part in found
    ]


def _passage(told: Told, group: Sequence[Kept], claims: Sequence[Kept], *, whole: bool, main: bool) -> str:
    """Return the words of a story: the paragraphs nearest to its claims, and the headline with the main story."""
    title = [told.report.title or ""] if main else []
    if not told.text:
        return "\n".join((*title, *dict.fromkeys(kept.sentence for kept in group)))
    if whole:
        return "\n".join((*title, told.text))
    own = {kept.claim.id for kept in group}
    words: dict[str, None] = dict.fromkeys(title)
    last = claims[0].claim.id in own
    for paragraph in _PARAGRAPH.finditer(told.text):
        here = [kept for kept in claims if paragraph.start() <= kept.claim.start < paragraph.end()]
        mine = [kept for kept in here if kept.claim.id in own]
        if here and len(mine) == len(here):
            words[paragraph[0]] = None
        elif mine:
            words.update(dict.fromkeys(kept.sentence for kept in mine))
        elif not here and last:
            words[paragraph[0]] = None
        last = here[-1].claim.id in own if here else last
    return "\n".join(words)
