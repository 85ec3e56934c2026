"""Requests of every kind that the desk's description allows, and many that it does not: none finds a fault in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from sayso.desk.app import PAGES, make_app
from tests.desk.conftest import client_of, token

if TYPE_CHECKING:
    from sayso.desk.desk import Desk

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


def paths() -> list[tuple[str, str]]:
    """Return every described route."""
    return sorted(key for pages in PAGES for key in pages.least if key[0] == "POST" or key[1].endswith(".json"))


@pytest.mark.parametrize(("method", "path"), paths())
def test_no_request_finds_a_fault(desk: Desk, method: str, path: str) -> None:
    """No answer of 500, none with a status or in a form that the description does not tell."""
    client = client_of(desk)
    cookies = dict(client.cookies)
    schema = schemathesis.openapi.from_asgi("/openapi.json", make_app(desk), cookies=cookies)
    operation = schema[path.replace(":path", "")][method]  # as the description writes it

    statuses: set[int] = set()

    @given(case=operation.as_strategy())
    @settings(
        max_examples=25,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case[Any]) -> None:
        statuses.add(case.call_and_validate(cookies=cookies, headers=token(client), checks=CHECKS).status_code)

    ask()
    assert not statuses & {401, 403}, "nothing was tried, since nobody was let in"
