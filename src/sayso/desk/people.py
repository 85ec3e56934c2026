"""The page of accounts, for admins, and one's own password."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from pydantic import BaseModel

from sayso.desk.accounts import LONGEST, SHORTEST, Accounts
from sayso.desk.refusals import Refusal
from sayso.desk.roles import ROLES, Role
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - FastAPI reads the annotations
from sayso.problems import UsageError

pages = Pages()

Name = Annotated[str, Form(min_length=1, max_length=80)]
Password = Annotated[str, Form(min_length=SHORTEST, max_length=LONGEST)]


class AccountRow(BaseModel):
    """One account.

    Attributes:
        name: The name under which the person signs in and rules.
        role: What they may do.
        made: When it was made, ISO 8601 in UTC.
    """

    name: str
    role: Role
    made: str


class AccountList(BaseModel):
    """All accounts of the desk.

    Attributes:
        accounts: They, by name.
        roles: The roles that there are, each of which may do all that those before it may.
        shortest: How many signs a password has at least.
    """

    accounts: list[AccountRow]
    roles: list[Role]
    shortest: int


class Own(BaseModel):
    """One's own account.

    Attributes:
        name: The name.
        role: What one may do.
        shortest: How many signs a password has at least.
    """

    name: str
    role: Role
    shortest: int


@pages.page("/accounts", "accounts.html", least="admin")
def accounts(visit: Seen) -> AccountList:
    """Return all accounts."""
    rows = [AccountRow(name=one.name, role=one.role, made=one.made) for one in _accounts(visit).all()]
    return AccountList(accounts=rows, roles=list(ROLES), shortest=SHORTEST)


@pages.act("/accounts", least="admin")
def make(visit: Seen, name: Name, role: Annotated[Role, Form()], password: Password) -> str:
    """Make an account."""
    _accounts(visit).make(name, role, password)
    visit.say(f"{name} can sign in now, as {role}.")
    return "/accounts"


@pages.act("/accounts/role", least="admin")
def change_role(visit: Seen, name: Name, role: Annotated[Role, Form()]) -> str:
    """Give somebody another role; they sign in again."""
    _accounts(visit).change(name, role=role)
    visit.say(f"{name} is {role} now.")
    return "/accounts"


@pages.act("/accounts/password", least="admin")
def change_password(visit: Seen, name: Name, password: Password) -> str:
    """Give somebody another password; they sign in again."""
    _accounts(visit).change(name, password=password)
    visit.say(f"{name} has another password now.")
    return "/accounts"


@pages.act("/accounts/remove", least="admin")
def remove(visit: Seen, name: Name) -> str:
    """Remove an account; what the person ruled stays in the ledger."""
    _accounts(visit).remove(name)
    visit.say(f"The account of {name} is removed. What they ruled stays in the ledger under their name.")
    return "/accounts"


@pages.page("/me", "me.html")
def own(visit: Seen) -> Own:
    """Return one's own account."""
    return Own(name=visit.person.name, role=visit.person.role, shortest=SHORTEST)


@pages.act("/me/password", least="reader")
def change_own(visit: Seen, old: Annotated[str, Form(max_length=LONGEST)], password: Password) -> str:
    """Change one's own password, with the old one; one signs in again."""
    if _accounts(visit).sign_in(visit.person.name, old, f"session of {visit.person.name}") is None:
        raise UsageError("The old password is not right.")
    _accounts(visit).change(visit.person.name, password=password)
    return "/enter"


def _accounts(visit: Visit) -> Accounts:
    if visit.desk.accounts is None:
        remedy = 'For several people, make accounts with "sayso accounts add" and start "sayso desk --team".'
        raise Refusal(404, "This desk has no accounts; it is open to whoever started it.", remedy)
    return visit.desk.accounts
