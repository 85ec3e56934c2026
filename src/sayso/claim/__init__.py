"""Report to claims: which spans are there, what they mean, and whether that is true to the text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.claim.assemble import assemble
from sayso.claim.date_order import day_first
from sayso.claim.place_lists import fingerprint, folder
from sayso.claim.propose import Proposer, Rules
from sayso.claim.sentences import split
from sayso.claim.verify import check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.sentences import Sentence
    from sayso.problems import Problem
    from sayso.records import Attribution, Claim, DateOrder, Report

LANGUAGES = ("en",)


def model(*, attributions: bool = False) -> str:
    """Name what reads: rules and heads, attribution heads where whole texts are asked for, lists of places if any."""
    from sayso.claim.attribution_tagger import AttributionTagger
    from sayso.claim.claim_tagger import ClaimTagger

    names = (Rules.name, ClaimTagger.name, *((AttributionTagger.name,) if attributions else ()), *_own_places())
    return "+".join(names)


@cache
def _own_places() -> tuple[str, ...]:
    """Name the user's lists of places by what is in them, since they change what is read."""
    mark = fingerprint(folder())
    return (f"places-{mark}",) if mark else ()


def read_claims(
    report: Report,
    *,
    attributions: bool = False,
    proposer: Proposer | None = None,
    date_order: DateOrder | None = None,
) -> tuple[tuple[Claim, ...], tuple[Attribution, ...], tuple[Problem, ...]]:
    """Read the attributed claims of a report.

    Args:
        report: A report in a language of `LANGUAGES`; one of unknown language is read as English.
        attributions: Whether to return who said what for the whole text, casualty or not, by the shipped model.
        proposer: What finds the spans; the shipped reader when left out.
        date_order: Whether dates in figures have the day or the month first; told from the report when left out.

    Returns:
        Claims in text order; the attributions they point to; and a Problem for each claim that was dropped because
        its words do not bear it out.
    """
    if proposer is None:
        from sayso.claim.claim_tagger import shipped as shipped_claims

        proposer = shipped_claims()
    language = _language(report)
    sentences = split(report.text, language)
    proposals = proposer.propose(report.text, sentences, language)
    whole = read_attributions(report, sentences) if attributions else ()
    first = day_first(report, date_order, language)
    claims, said = assemble(report, sentences, proposals, whole=whole, language=language, day_first=first)
    problems = {claim.id: check(claim, report, language) for claim in claims}
    kept = tuple(claim for claim in claims if problems[claim.id] is None)
    return kept, said, tuple(problem for problem in problems.values() if problem is not None)


def read_attributions(report: Report, sentences: Sequence[Sentence] | None = None) -> tuple[Attribution, ...]:
    """Read who said what in the whole text of a report, casualty or not, in the order of the words of saying.

    Args:
        report: The report.
        sentences: Its sentences, where they are known already.
    """
    from sayso.claim.attribution_tagger import shipped

    if sentences is None:
        sentences = split(report.text, _language(report))
    return shipped().read(report.text, sentences)


def _language(report: Report) -> str:
    return report.language if report.language in LANGUAGES else LANGUAGES[0]
