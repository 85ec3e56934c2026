"""sayso reads news reports and says who claims how many people came to harm.

>>> import sayso
>>> reading = sayso.read("Two soldiers were killed at Karsk on Monday, the army said.")
>>> [(c.source, c.harm, c.low, c.high, c.text) for c in reading.claims]
[('the army', 'killed', 2, 2, 'Two soldiers')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.pipeline import read, read_all
    from sayso.problems import NotReadError, Problem, SaysoError, UsageError
    from sayso.records import (
        Anchor,
        Attribution,
        Claim,
        Evidence,
        Fetched,
        Given,
        Page,
        Passage,
        Reading,
        Report,
        Span,
        Trace,
    )

__version__ = "0.1.0.dev0"

__all__ = [
    "Anchor",
    "Attribution",
    "Claim",
    "Evidence",
    "Fetched",
    "Given",
    "NotReadError",
    "Page",
    "Passage",
    "Problem",
    "Reading",
    "Report",
    "SaysoError",
    "Span",
    "Trace",
    "UsageError",
    "__version__",
    "read",
    "read_all",
]

_HOMES = {
    "sayso.pipeline": ("read", "read_all"),
    "sayso.problems": ("NotReadError", "Problem", "SaysoError", "UsageError"),
    "sayso.records": (
        "Anchor",
        "Attribution",
        "Claim",
        "Evidence",
        "Fetched",
        "Given",
        "Page",
        "Passage",
        "Reading",
        "Report",
        "Span",
        "Trace",
    ),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the public names are of many kinds
    """Import a public name when it is first asked for, so that the program starts fast."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")
