"""What every route shares: whose wish a request is, the state it asks for, and errors as sentences."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from anagen.errors import AnagenError, ScenarioError
from anagen.outlook.kept import Kept
from anagen.outlook.portraits import Portraits
from anagen.stopping import Stopped
from anagen.web.address import about_beliefs, state_of
from anagen.web.cause import Moved
from anagen.web.plain import error_page
from anagen.web.state import State
from anagen.web.work import TooLong, Works

NOT_STATE = (
    "add", "tab", "few", "moved", "row", "scalp", "say", "place", "kind", "severity", "flow", "loss", "calcium", "scar",
    "also",
)  # fmt: skip
"""Keys of an address that are about one request and not about what is shown."""
ENTRIES = ("t", "i")
MOST_PAIRS = 1500
LONGEST_TAB = 40
SUPERSEDED = 204
Handler = Callable[[Request], Awaitable[Response]]


@dataclass
class Site:
    """One run of the server: its token, the file it was started with, and its work."""

    token: str
    start: State
    file: Path | None
    works: Works
    portraits: Kept[Portraits]


def site_of(request: Request) -> Site:
    """The run of the server that a request belongs to."""
    return request.app.state.site


def pairs_of(request: Request) -> list[tuple[str, str]]:
    """What stands in the address; too many entries are refused."""
    try:
        return parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=MOST_PAIRS, errors="replace")
    except ValueError:
        raise HTTPException(413, "The address holds too many entries for this page.") from None


def wished(request: Request) -> State:
    """The state of the address; without one, that of the file or the sample."""
    pairs = [(name, text) for name, text in pairs_of(request) if name not in NOT_STATE]
    if all(about_beliefs(name) for name, _ in pairs):
        given = state_of(pairs)
        start = site_of(request).start
        return replace(start, belief=given.belief, at=given.at, name=given.name, kept=given.kept)
    return state_of(pairs)


def entry_of(request: Request) -> tuple[str, int]:
    """The entry of the plan that was touched last, as its letter and its place from 0; ("", 0) for none."""
    row = request.query_params.get("row", "")
    letter, number = row[:1], row[1:]
    if letter not in ENTRIES or not number.isdecimal():
        return "", 0
    return letter, sum(one < int(number) for one in numbers_of(request, letter))


def numbers_of(request: Request, letters: str) -> set[int]:
    """The numbers of the plan's entries in the address, as the page counts them: with gaps where one was removed."""
    found = (name.partition(".")[0] for name, _ in pairs_of(request))
    return {int(name[1:]) for name in found if name[:1] in letters and name[1:].isdecimal()}


def moved_of(request: Request) -> Moved:
    """What the reader changed last."""
    moved = request.query_params.get("moved", "")
    return "do" if moved == "do" else "believe" if moved == "believe" else ""


def sentences(error: AnagenError) -> list[str]:
    """Every problem in a sentence; of very many, the first."""
    if isinstance(error, ScenarioError):
        return [str(problem) for problem in error.problems[:12]]
    return [str(error)]


async def worked(request: Request, work: Callable[[Callable[[], bool]], Any]) -> Any:
    """What `work` gives, done in a thread for the reader the address names."""
    reader = request.query_params.get("tab", "")[:LONGEST_TAB]
    return await site_of(request).works.run(request, reader, work)


def for_people(handler: Handler) -> Handler:
    """Errors of a page for people: a page with the sentences."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except AnagenError as error:
            return HTMLResponse(error_page(sentences(error)), 400)
        except TooLong:
            return HTMLResponse(
                error_page(["This took too long and was given up; a simpler scenario is quicker."]), 503
            )
        except Stopped:
            return Response(status_code=SUPERSEDED)

    return answer


def for_script(handler: Handler) -> Handler:
    """Errors of an answer for the script: the sentences as JSON."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except AnagenError as error:
            return JSONResponse({"errors": sentences(error)}, 400)
        except TooLong:
            return JSONResponse(
                {"errors": ["This took too long and was given up; a simpler scenario is quicker."]}, 503
            )
        except Stopped:
            return Response(status_code=SUPERSEDED)

    return answer
