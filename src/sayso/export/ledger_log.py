"""Entries of a ledger for people: a line an entry, and what one entry holds in words.

Without names, nothing that a report says is quoted: reports are told by their outlet and day, claims by their figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from sayso.entries import Decision
from sayso.export import wording
from sayso.export.jsonl import dumped
from sayso.export.layout import INDENT, Lines
from sayso.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.entries import Entry


_OFFSETS = frozenset({"id", "start", "end", "sentence", "spans"})
_NOTHING: tuple[object, ...] = (None, [], "asserts", "unknown", "incident")
_KEYS = ("number", "id", "kind", "time", "author", "content_sha256", "kept", "link")
_REASONS = {
    "no-successor": "No claim of the last reading stands where its claim stood.",
    "other-text": "It sets words at a place in the text, and the report is now read with another text.",
    "other-words": "It sets a figure, and the claim that stands there now rests on other words.",
}
_RULED = {
    "accept": "accepts",
    "correct": "corrects",
    "reject": "rejects",
    "add": "adds a claim to",
    "merge": "joins",
    "split": "parts",
    "move": "moves",
    "withdraw": "withdraws",
    "note": "notes on",
}


def write(entries: Iterable[Entry], out: TextIO, *, names: bool = False) -> None:
    """Write entries in the order in which they come, each as a line or a few.

    Args:
        entries: The entries.
        out: Where to write.
        names: Whether words of reports may be shown, which may hold names of people harmed.
    """
    view = Lines(out)
    for entry in entries:
        begin = f"{entry.number:>6}  {moment(entry.kept)}  {entry.kind:<9}  "
        lines = view.wrapped(view.words(what(entry, names=names)), view.width - len(begin))
        for number, line in enumerate(lines):
            view.line(view.words((begin, "dim") if not number else " " * len(begin)).append_text(line))


def line(entry: Entry, *, names: bool = False) -> str:
    """Return one entry as one line of JSON, without the line end; its content is there with names only."""
    values: dict[str, object] = {key: getattr(entry, key) for key in _KEYS}
    return dumped(values | {"what": what(entry, names=names)} | ({"content": entry.content} if names else {}))


@dataclass(frozen=True, slots=True)
class Unfit:
    """A decision in force that no longer fits what is read: on which claim it was made, and why it does not fit."""

    decision: Decision
    claim: str
    reason: str


def write_unfit(every: Iterable[Unfit], out: TextIO) -> None:
    """Write decisions that no longer fit, each with why."""
    view = Lines(out)
    none = True
    for one in every:
        none = False
        view.block(view.words(f"{moment(one.decision.at)}  {wording.shown(decided(one.decision))}"))
        for line in view.wrapped(view.words(_REASONS.get(one.reason, one.reason)), view.width - INDENT):
            view.line(line, indent=INDENT)
        view.line(view.words((f"entry {one.decision.id[:16]}", "dim")), indent=INDENT)
    if none:
        view.line("All decisions in force fit what is read.")


def unfit_line(one: Unfit) -> str:
    """Return such a decision as one line of JSON, without the line end."""
    return dumped({"decision": to_plain(one.decision), "claim": one.claim, "reason": one.reason})


def moment(stamp: str) -> str:
    """Return a time as a person reads it, in UTC.

    >>> moment("2026-11-23T02:31:07.123456Z")
    '2026-11-23 02:31:07'
    """
    return wording.shown(stamp[:19].replace("T", " "))


def what(entry: Entry, *, names: bool = False) -> str:
    """Return in words what an entry holds.

    Args:
        entry: The entry.
        names: Whether words of the report may be shown.
    """
    if entry.content is None:
        return "content removed; see the redaction that names it"
    content: dict[str, Any] = entry.content
    return wording.shown(_WAYS.get(entry.kind, _other)(content, entry, names))


def decided(decision: Decision) -> str:
    """Return a decision in words: who ruled what on which, and why."""
    # Offsets say nothing to a person; the words that stand there do.
    told = ", ".join(
        f"{key}={'' if value is None else ' | '.join(value) if isinstance(value, list) else value}"
        for key, value in sorted(decision.set.items())
        # What is added has every field; those that say nothing are left out.
        if key not in _OFFSETS and not (decision.kind == "add" and value in _NOTHING)
    )
    said = f"{decision.by} {_RULED[decision.kind]} {', '.join(decision.on)}"
    return said + (f" ({told})" if told else "") + (f": {decision.why}" if decision.why else "")


def _page(content: dict[str, Any], _entry: Entry, _names: bool) -> str:  # noqa: FBT001 - one signature for all kinds
    return f"{content['url'] or content['where']} · {content['media_type']} · {content['body']['size']:,} bytes"


def _report(content: dict[str, Any], _entry: Entry, names: bool) -> str:  # noqa: FBT001 - likewise
    report = content["report"]
    parts = [report["outlet"] or "outlet not given", wording.published(report["published"])]
    return " · ".join(parts + ([report["title"]] if names and report["title"] else []))


def _reading(content: dict[str, Any], _entry: Entry, _names: bool) -> str:  # noqa: FBT001 - likewise
    number = content["claims"]
    return f"{'1 claim' if number == 1 else f'{number} claims'} · {content['program']}, {content['model']}"


def _claim(content: dict[str, Any], _entry: Entry, names: bool) -> str:  # noqa: FBT001 - likewise
    from sayso.plain import from_plain
    from sayso.records import Claim

    claim = from_plain(Claim, content["claim"])
    whom = f" ({wording.whom(claim)})" if names and wording.whom(claim) else ""
    return f"{wording.stated(claim)} {wording.harm(claim.harm)}{whom} · {wording.place(claim)}"


def _decision(content: dict[str, Any], entry: Entry, names: bool) -> str:  # noqa: FBT001 - likewise
    sets = content["set"] if names else {}
    return decided(Decision(content["kind"], tuple(content["on"]), entry.author, content["why"], sets))


def _other(content: dict[str, Any], entry: Entry, _names: bool) -> str:  # noqa: FBT001 - likewise
    return f"by {entry.author}" + (f": {content['why']}" if content.get("why") else "")


_WAYS = {
    "page": _page,
    "report": _report,
    "reading": _reading,
    "claim": _claim,
    "decision": _decision,
    "note": _decision,
}
