"""How pages are registered: each once, for people and for programs, with the least role that may ask for it.

A page is one function from a request to a model. Asked for as ``/path`` the model is put into the page's template;
as ``/path.json`` it is sent as it is, and described in ``/openapi.json``. What a person sees and what a program reads
cannot differ, since both are made from the same values.
"""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse

from sayso.desk.refusals import Refused
from sayso.desk.rendering import render
from sayso.desk.visit import needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import Response
    from pydantic import BaseModel

    from sayso.desk.roles import Role

Build = TypeVar("Build", bound="Callable[..., BaseModel]")
"""What makes a page."""

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refused} for status in (400, 401, 403, 404, 409, 410, 413, 422, 429, 503)
}


class Pages:
    """Routes of the desk.

    Args:
        nav: The address and the name under which the list of pages has them; None for pages that it does not list.

    Attributes:
        nav: Likewise.
        router: The routes, for the application.
        least: By method and path the least role that may ask; a test holds every route of the desk against it.
    """

    def __init__(self, nav: tuple[str, str] | None = None) -> None:
        self.nav = nav
        self.router = APIRouter()
        self.least: dict[tuple[str, str], Role] = {}

    def page(self, path: str, template: str, *, least: Role = "reader") -> Callable[[Build], Build]:
        """Register a function as a page and as its JSON twin.

        Args:
            path: Where it is, such as ``/report/{report}``.
            template: The file of the template, to which the model is given as ``page``.
            least: The least role that may see it.
        """

        def register(build: Build) -> Build:
            @wraps(build)
            def for_people(request: Request, *args: Any, **named: Any) -> HTMLResponse:  # noqa: ANN401 - build's own
                return render(request, template, build(*args, **named))

            _takes_request(for_people, build)
            allowed = [Depends(needs(least))]
            self.router.add_api_route(
                f"{path}.json", build, methods=["GET"], dependencies=allowed, responses=REFUSALS, tags=["pages"]
            )
            self.router.add_api_route(
                path,
                for_people,
                methods=["GET"],
                dependencies=allowed,
                include_in_schema=False,
                response_class=HTMLResponse,
                response_model=None,
            )
            self.least["GET", f"{path}.json"] = self.least["GET", path] = least
            return build

        return register

    def file(
        self, path: str, *, least: Role = "reader"
    ) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
        """Register a function that returns a file for the browser to keep, never to show as a page of the desk.

        Args:
            path: Where it is.
            least: The least role that may have it.
        """

        def register(make: Callable[..., Response]) -> Callable[..., Response]:
            self.router.add_api_route(
                path,
                make,
                methods=["GET"],
                dependencies=[Depends(needs(least))],
                response_class=StreamingResponse,
                response_model=None,
                responses=REFUSALS,
                tags=["files"],
            )
            self.least["GET", path] = least
            return make

        return register

    def act(self, path: str, *, least: Role) -> Callable[[Callable[..., str]], Callable[..., str]]:
        """Register a function that changes something: it takes a form, and returns the address to show next.

        A program gets that address as the Location of an answer with status 303, as a browser does.

        Args:
            path: Where the form is sent.
            least: The least role that may send it.
        """

        def register(do: Callable[..., str]) -> Callable[..., str]:
            @wraps(do)
            def then_show(*args: Any, **named: Any) -> RedirectResponse:  # noqa: ANN401 - do's own
                return RedirectResponse(do(*args, **named), status_code=303)

            then_show.__annotations__ = {**do.__annotations__, "return": RedirectResponse}
            self.router.add_api_route(
                path,
                then_show,
                methods=["POST"],
                dependencies=[Depends(needs(least))],
                status_code=303,
                response_class=RedirectResponse,
                response_model=None,
                responses=REFUSALS,
                tags=["changes"],
            )
            self.least["POST", path] = least
            return do

        return register


def _takes_request(wrapper: Callable[..., Any], build: Callable[..., Any]) -> None:
    """Let FastAPI see the function's own parameters, with the request before them."""
    own = inspect.signature(build)
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
    parameters = [request, *own.parameters.values()]
    wrapper.__signature__ = own.replace(parameters=parameters, return_annotation=HTMLResponse)  # type: ignore[attr-defined] # read by inspect
