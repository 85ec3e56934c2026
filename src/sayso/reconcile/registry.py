"""The one list of counting rules; a new one is a module with a `Policy`, and a line here."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from sayso.problems import UsageError
from sayso.reconcile.acled import ACLED
from sayso.reconcile.airwars import AIRWARS
from sayso.reconcile.as_said import AS_SAID
from sayso.reconcile.ecc import DEFER, HIERARCHY, MAJORITY, RANGE
from sayso.reconcile.gtd import GTD
from sayso.reconcile.ibc import IBC
from sayso.reconcile.ucdp import UCDP

if TYPE_CHECKING:
    from sayso.reconcile.policy import Policy

DEFAULT = AS_SAID.name
"""The rule that is used where nobody names one."""

POLICIES: dict[str, Policy] = {
    one.name: one for one in (AS_SAID, ACLED, UCDP, GTD, IBC, AIRWARS, HIERARCHY, RANGE, MAJORITY, DEFER)
}
"""Every rule by its name, in the order in which they are shown."""


def named(name: str) -> Policy:
    """Return the rule of a name.

    Raises:
        UsageError: There is none.
    """
    if name in POLICIES:
        return POLICIES[name]
    near = get_close_matches(name, POLICIES, n=1)
    remedy = f"Did you mean {near[0]}?" if near else f"The rules are {', '.join(POLICIES)}."
    raise UsageError(f"There is no counting rule called {name[:80]!r}. {remedy}")
