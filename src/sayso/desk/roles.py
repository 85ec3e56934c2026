"""Who may do what at the desk: four roles, each of which may do all that those before it may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "coder", "editor", "admin"]
"""A reader looks; a coder rules on claims; an editor rules on incidents, adds reports and gives out work; an admin
keeps the accounts."""

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Person:
    """Who sits at the desk.

    Attributes:
        name: The name under which what they rule stands in the ledger.
        role: What they may do.
    """

    name: str
    role: Role

    def may(self, least: Role) -> bool:
        """Say whether the person may do what takes at least some role.

        >>> Person("Ana Ruiz", "coder").may("reader"), Person("Ana Ruiz", "coder").may("editor")
        (True, False)
        """
        return ROLES.index(self.role) >= ROLES.index(least)
