"""The routes of what is read beside the page or taken away, and the two that write: opening and saving."""

from __future__ import annotations

import secrets
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from anagen.files import write_whole
from anagen.web.address import address_of
from anagen.web.files import csv_text, report_text
from anagen.web.found import FULL, find
from anagen.web.guard import LARGEST_BODY
from anagen.web.reply import for_people, for_script, site_of, wished, worked
from anagen.web.state import state_of_toml
from anagen.web.tour import tour_page


@for_people
async def toml(request: Request) -> Response:
    """The scenario as a file."""
    state = wished(request)
    _ = state.scenario
    return attached(state.toml, "scenario.toml", "application/toml")


def attached(text: str, name: str, kind: str) -> Response:
    """Text as a file to be saved."""
    return Response(text, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


@for_people
async def csv(request: Request) -> Response:
    """Every number of the chart."""
    state = wished(request)
    found = await worked(request, lambda stopped: find(state, FULL, stopped))
    return attached(csv_text(found), "outlook.csv", "text/csv")


@for_people
async def report(request: Request) -> Response:
    """The report of `anagen run`, under every theory that is built in and the reader's own."""
    state = wished(request)
    text = await worked(request, partial(report_text, state))
    return attached(text, "report.html", "text/html")


@for_people
async def tour(request: Request) -> Response:
    """The flowchart step by step."""
    return HTMLResponse(await worked(request, lambda _: tour_page()))


async def sent(request: Request) -> str:
    """The text of a POST, as large as it may be, from who holds the token."""
    if not secrets.compare_digest(request.headers.get("x-token", "").encode(), site_of(request).token.encode()):
        raise HTTPException(403, "Saving and opening need the token of this run; reload the page.")
    try:
        body = await request.body()
    except ClientDisconnect:
        raise HTTPException(400, "The connection was closed.") from None
    if len(body) > LARGEST_BODY:
        raise HTTPException(413, f"What was sent is larger than {LARGEST_BODY // 1000} kB.")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HTTPException(400, "The file is not UTF-8 text; save it as UTF-8.") from None


@for_script
async def opened(request: Request) -> Response:
    """The address of a scenario file that is sent; nothing is kept."""
    text = await sent(request)
    return JSONResponse({"address": address_of(state_of_toml(text, "the file"))})


@for_script
async def save(request: Request) -> Response:
    """Write the scenario of the address into the file the server was started with."""
    await sent(request)
    site, state = site_of(request), wished(request)
    if site.file is None:
        return JSONResponse({"errors": ["anagen serve was started without a file; save the scenario instead."]}, 400)
    _ = state.scenario
    write_whole(site.file, state.toml)
    return JSONResponse({"saved": site.file.name})
