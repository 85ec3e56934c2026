"""How far people who code the same reports agree, and what they differ in, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sayso.export import wording
from sayso.export.jsonl import dumped
from sayso.export.layout import INDENT, Lines

if TYPE_CHECKING:
    from sayso.reconcile.double_coding import CodersAgreement, Difference

_NAME, _NUMBER = 14, 9
_FEW = 10
"""Claims below which a figure rests on too little."""


def as_json(found: CodersAgreement) -> str:
    """Return the agreement as one JSON object; null stands for a figure that has no meaning, and for no such claim."""
    return dumped(
        {
            "coders": list(found.coders),
            "reports": list(found.reports),
            "passed_over": list(found.passed_over),
            "claims": dict(found.claims),
            "shared": found.shared,
            "f1": found.f1,
            "slots": {
                one.slot: {"level": one.level, "claims": one.units, "equal": one.equal, "alpha": one.alpha}
                for one in found.slots
            },
            "spans": {"alpha": found.spans.alpha, "by_label": dict(found.spans.by_label)},
            "differences": [
                {
                    "report": one.report,
                    "slot": one.slot,
                    "values": dict(one.values),
                    "claims": {name: claim.id for name, claim in one.claims.items()},
                    "words": {name: [claim.start, claim.end] for name, claim in one.claims.items()},
                }
                for one in found.differences
            ],
        }
    )


def write(found: CodersAgreement, out: TextIO) -> None:
    """Write the figures, then the differences report by report."""
    view = _View(out)
    view.figures(found)
    view.slots(found)
    view.differences(found.differences)


class _View(Lines):
    def heading(self, words: str) -> None:
        self.block(self.words((words, "bold")))

    def figures(self, found: CodersAgreement) -> None:
        """Write what was compared, and how far people agree on which claims there are."""
        names = [f"{wording.shown(name)} ({number:,})" for name, number in found.claims.items()]
        self.heading(f"Claims in {_number(len(found.reports), 'report')}: {', '.join(names)}")
        self.line(f"Claims that all of them have: {found.shared:,}", indent=INDENT)
        self.line(f"Agreement on which claims there are (F1): {_figure(found.f1)}", indent=INDENT)
        self.line(f"Agreement on the words (Krippendorff's alpha): {_figure(found.spans.alpha)}", indent=INDENT)
        for label, alpha in found.spans.by_label.items():
            self.line(f"{label:<{_NAME}}{_figure(alpha):>{_NUMBER}}", indent=2 * INDENT)
        if found.passed_over:
            count = _number(len(found.passed_over), "report")
            self.block(self.words(f"    Passed over, since one person alone coded it: {count}."))

    def slots(self, found: CodersAgreement) -> None:
        """Write the agreement on each slot of the claims that two or more have."""
        self.line()
        self.heading("Agreement on what they say (Krippendorff's alpha)")
        columns = "".join(f"{name:>{_NUMBER}}" for name in ("alpha", "claims", "equal"))
        self.line(f"{'':<{_NAME}}{columns}", indent=INDENT)
        for one in found.slots:
            few = "  too few to rest on" if one.units < _FEW else ""
            numbers = f"{_figure(one.alpha):>{_NUMBER}}{one.units:>{_NUMBER},}{one.equal:>{_NUMBER},}"
            self.line(f"{one.slot:<{_NAME}}{numbers}{few}", indent=INDENT)

    def differences(self, differences: tuple[Difference, ...]) -> None:
        """Write what people differ in."""
        self.line()
        self.heading(f"Differences: {len(differences):,}")
        report = None
        for one in differences:
            if one.report != report:
                report = one.report
                self.line(wording.shown(report))
            words = next(iter(one.claims.values())).text
            self.block(self.words(f'    "{wording.shown(words)}", {one.slot}: {"; ".join(_told(one))}'))


def _told(one: Difference) -> list[str]:
    return [f"{wording.shown(name)} {_value(one, name)}" for name in one.values]


def _value(one: Difference, name: str) -> str:
    value = one.values[name]
    if name not in one.claims:
        return "has no such claim"
    if value is None or value == []:
        return "leaves it open" if one.slot in {"low", "high"} else "has nothing"
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f'"{wording.shown(words)}"'


def _figure(value: float | None) -> str:
    return wording.NOT_SAID if value is None else f"{value:.3f}"


def _number(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
