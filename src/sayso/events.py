"""The nouns that stand on claims: who spoke, what people ruled, which event it was, what a counting rule makes of it.

Frozen records, standard library only, like those of `sayso.records`. Claims are named by their ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sayso.records import Claim, Harm, Status

ActorKind = Literal[
    "government",
    "military",
    "armed_group",
    "police",
    "medical",
    "rescue",
    "un",
    "ngo",
    "monitor",
    "witness",
    "official",
    "media",
    "other",
]
Sex = Literal["female", "male"]
Age = Literal["adult", "child"]
Verdict = Literal["accepted", "corrected", "rejected", "added"]
RelationKind = Literal["repeats", "supersedes", "contradicts", "part_of", "includes"]
IncidentScope = Literal["event", "period"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A source or a party under its canonical name.

    Attributes:
        id: A short stable name in kebab-case, such as ``velmora-mod``.
        name: The canonical name.
        kind: What sort of body or person it is.
        side: The side of a conflict that it belongs to or speaks for, as the list of actors names it; None for none.
        aliases: Other names that it goes by.
        country: ISO 3166-1 alpha-2, or None.
        body: Whether it is one body or movement. False for words such as "witnesses" or "a military source", which
            tell a kind and no more: two actors of one such id need not be the same people.
    """

    id: str
    name: str
    kind: ActorKind
    side: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    body: bool = True


@dataclass(frozen=True, slots=True)
class Victims:
    """What the words say of the people counted beside their number; None where they do not say."""

    side: str | None = None
    sex: Sex | None = None
    age: Age | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What is known of the report that a claim stands in, without its text.

    Attributes:
        id: The report's id; in a ledger the one that is unlike every other there.
        title: The headline, where it is known.
        url: Where it was published.
        outlet: Who published it.
        published: ISO 8601 date or date-time of publication in the outlet's own local time.
        language: ISO 639-1 code, or None.
        origin: Whose text it is by its credit lines; None where none is credited.
        voice: The same for all reports that print one text, so that fifty prints of an agency's report are one voice;
            the report's own id where it is the only print.
        page_sha256: Hash of the page's bytes.
        text_sha256: Hash of the report's text.
    """

    id: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    origin: str | None = None
    voice: str = ""
    page_sha256: str = ""
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What people have ruled on a claim, the last word only.

    Attributes:
        verdict: ``accepted``: the report does say this, never that it is true; ``corrected``: it says what the claim
            now says; ``rejected``: it does not say this; ``added``: a person found the claim.
        by: Who ruled.
        at: When, ISO 8601 in UTC.
        why: The reason given, or None.
    """

    verdict: Verdict
    by: str
    at: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A claim as it stands: with the report it is in, what people ruled on it, and who its actors are.

    Attributes:
        claim: The claim, with the corrections in force.
        report: The report it stands in.
        ruling: The ruling in force, or None.
        sentence: The words of the sentence around it.
        source: Who its source is, where that could be told; None is never forced.
        via: Who passed it on, where that could be told, as many as `claim.via` has.
        perpetrator: Who is said to have done it, where that could be told.
        victims: What else the words say of the people counted.
    """

    claim: Claim
    report: Heading
    ruling: Ruling | None = None
    sentence: str = ""
    source: Actor | None = None
    via: tuple[Actor | None, ...] = ()
    perpetrator: Actor | None = None
    victims: Victims = Victims()


@dataclass(frozen=True, slots=True)
class Join:
    """Why two claims are taken to speak of one event.

    Attributes:
        a: A claim's id.
        b: Another's.
        score: How likely they speak of one event, between 0 and 1, calibrated.
        reason: The same in words: what speaks for it and what against.
        proposed: Whether it waits for a person, who may join them; the two are not yet one incident by it.
        by: The person who ruled so; None where the program joined them.
    """

    a: str
    b: str
    score: float
    reason: str
    proposed: bool = False
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """How one claim of an incident stands to another.

    Attributes:
        kind: `claim` ``repeats`` `other` (the same figure passed on, or the same origin), ``supersedes`` it (the same
            source, later, changed), ``contradicts`` it, is ``part_of`` it (two children among the 14), or
            ``includes`` it (a total over several incidents).
        claim: A claim's id.
        other: The other's.
        reason: Why, as a sentence.
    """

    kind: RelationKind
    claim: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest number said; None is a bound that nobody stated, never 0.

    Attributes:
        low: The lowest number.
        high: The highest number.
        more: Whether somebody says that it may be more than `high`, as "over 100" does.
    """

    low: int | None
    high: int | None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """The claims that speak of one event, or of one area and period.

    Attributes:
        id: A name that stays while the incident's first claim does.
        name: A short neutral name made from slots, such as ``Shelling of a bakery, Dresk, 3 March 2023``; no name of a
            person harmed is in it.
        scope: ``event``, or ``period`` for cumulative totals and background, which belong to no single event.
        type: The sub-event type after ACLED's list, or None where the words do not say.
        date_from: First possible day, ISO; None where it is not known.
        date_to: Last possible day, ISO.
        date_prec: UCDP's ``date_prec``, 1 to 5.
        place: The place's name in the words of most claims.
        place_id: GeoNames id, where matched.
        place_prec: UCDP's ``where_prec``, 1 to 7.
        region: The first-level region, where known.
        country: ISO 3166-1 alpha-2.
        lat: Degrees north of the place on the map; of a place, never of an address.
        lon: Degrees east.
        claims: Ids of its claims, by the day of their report and then by id.
        reports: Ids of the reports most of whose claims speak of it.
        figures: The range of what was said for each harm, of the people of the event as a whole.
        perpetrators: Who is said to have done it, each with the ids of the claims that say so.
        means: Weapon or method as most claims have it.
        contested: Whether claims of it contradict one another.
        joins: Why its claims stand together, and proposals that touch it.
        relations: How its claims stand to one another.
    """

    id: str
    name: str
    scope: IncidentScope = "event"
    type: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    date_prec: int | None = None
    place: str | None = None
    place_id: int | None = None
    place_prec: int | None = None
    region: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    claims: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    figures: dict[Harm, Range] = field(default_factory=dict)
    perpetrators: tuple[tuple[str, tuple[str, ...]], ...] = ()
    means: str | None = None
    contested: bool = False
    joins: tuple[Join, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A claim that a counting rule did not follow, and why, as a sentence."""

    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class Toll:
    """What a counting rule makes of the claims of one incident.

    Attributes:
        policy: The rule's name, such as ``ucdp-best-low-high``.
        version: The rule's version.
        incident: The incident's id; empty for a sum over several.
        harm: The harm counted.
        low: The lowest number under the rule; None where it is left open.
        best: The number the rule settles on; None where it settles on none.
        high: The highest number; None where it is open ("10 or more").
        status: Whom it counts by status; None for everybody.
        side: Whom it counts by side; None for everybody.
        decided: Ids of the claims that decided it.
        aside: The claims that were not followed.
        reason: How it came about, in sentences.
        label: What the rule calls the result beside its numbers, such as ``fair`` or ``provisional``; None for none.
        left_open: What the rule leaves undecided here, in sentences.
    """

    policy: str
    version: str
    incident: str
    harm: Harm
    low: int | None
    best: int | None
    high: int | None
    status: Status | None = None
    side: str | None = None
    decided: tuple[str, ...] = ()
    aside: tuple[SetAside, ...] = ()
    reason: str = ""
    label: str | None = None
    left_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """An incident with all that it rests on: what every export is made from, one after another.

    Attributes:
        incident: The incident; None for claims that stand in none.
        claims: Its claims, in the order of `Incident.claims`.
        tolls: What counting rules make of them; where there are several rules, those of the chosen one come first.
        texts: Whole texts, each with the id of its report before it; empty unless somebody asked for them.
        named: The words for single people harmed in other claims of its reports, or their names, so that these can be
            left out here, too.
        rules: Names of the counting rules that were asked, the chosen one first; empty where none was. A rule may give
            no toll at all.
    """

    incident: Incident | None
    claims: tuple[Kept, ...] = ()
    tolls: tuple[Toll, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    named: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
