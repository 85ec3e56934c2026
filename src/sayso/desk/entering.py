"""Coming in and going out: the link that opens a laptop's desk once, and the end of a session."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from sayso.desk.accounts import TooManyTriesError
from sayso.desk.refusals import Refusal, Refused
from sayso.desk.rendering import render
from sayso.desk.sessions import LONGEST
from sayso.desk.visit import COOKIE, Seen, needs

router = APIRouter(include_in_schema=False)


class Entering(BaseModel):
    """What the page for signing in shows.

    Attributes:
        name: The name as it was typed.
        wrong: Why it did not work; None before the first try.
    """

    name: str = ""
    wrong: str | None = None


@router.get("/enter")
def enter(request: Request) -> Response:
    """Say how one comes in: by a name and a password, or by the link that the desk printed."""
    if request.app.state.desk.accounts is not None:
        return render(request, "enter.html", Entering())
    told = Refused(
        status=401,
        what="This desk opens by the link that it printed when it was started.",
        remedy='The link works once. To have another, end the program and run "sayso desk" again.',
    )
    return render(request, "refused.html", told, 401)


@router.post("/enter")
def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Begin a session for whoever gives the right name and password."""
    desk = request.app.state.desk
    if desk.accounts is None:
        raise Refusal(404, "Nobody signs in at this desk.", "Open it by the link that it printed when it was started.")
    if not _is_from_here(request):
        raise Refusal(403, "The form does not come from this desk's own page.", "Sign in from there.")
    try:
        account = desk.accounts.sign_in(name, password, request.client.host if request.client else "nowhere")
    except TooManyTriesError:
        wrong = "There were too many wrong passwords. Wait a quarter of an hour and try again."
        return render(request, "enter.html", Entering(name=name, wrong=wrong), 429)
    if account is None:
        wrong = "There is no account with this name and password."
        return render(request, "enter.html", Entering(name=name, wrong=wrong), 401)
    desk.sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/", 303)
    set_cookie(answer, desk.sessions.start(account.person, account.changes), secure=desk.secure)
    return answer


@router.get("/enter/{key}")
def enter_by_link(request: Request, key: str) -> Response:
    """Open the desk for the one who started it."""
    desk = request.app.state.desk
    if desk.owner is None or not desk.sessions.use_link(key):
        raise Refusal(
            403,
            "This link is not one of this desk, or was used already.",
            'To have another, end the program and run "sayso desk" again.',
        )
    answer = RedirectResponse("/", 303)
    set_cookie(answer, desk.sessions.start(desk.owner), secure=desk.secure)
    return answer


@router.get("/")
def begin(request: Request) -> Response:
    """Go to the page that one begins at, the first of the list."""
    return RedirectResponse(request.app.state.nav[0][0], 303)


@router.post("/leave", dependencies=[Depends(needs("reader"))])
def leave(request: Request) -> Response:
    """End the session."""
    request.app.state.desk.sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/enter", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.post("/names", dependencies=[Depends(needs("reader"))])
def names(
    visit: Seen, show: Annotated[Literal["yes", "no"], Form()], back: Annotated[str, Form(max_length=2000)] = "/"
) -> Response:
    """Show names of people harmed in lists and pictures, or hide them again, as long as the session lasts."""
    visit.session.names = show == "yes"
    visit.say("Names of people harmed are shown." if visit.session.names else "Names of people harmed are hidden.")
    return RedirectResponse(back if re.match(r"/(?![/\\])", back) else "/", 303)


def set_cookie(answer: Response, key: str, *, secure: bool) -> None:
    """Hand a session's key to the browser, out of the reach of scripts and of other sites."""
    answer.set_cookie(COOKIE, key, max_age=int(LONGEST), secure=secure, httponly=True, samesite="strict")


def _is_from_here(request: Request) -> bool:
    """Say whether a form that comes before there is a session was sent by a page of this desk, as browsers tell."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")
