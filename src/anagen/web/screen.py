"""The first screen: the page, its answers while a lever moves and once it rests, the card of an arrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from htpy import div
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from anagen.outlook.portraits import portraits_of
from anagen.web import outputs
from anagen.web.address import address_of
from anagen.web.card import card_of
from anagen.web.found import FEW, FULL, Found, find
from anagen.web.levers import row
from anagen.web.page import whole_page
from anagen.web.plain import plain_page
from anagen.web.plan_bar import side_effects_line
from anagen.web.reply import Site, entry_of, for_people, for_script, moved_of, numbers_of, site_of, wished, worked
from anagen.web.timeline import lane
from anagen.web.typed import read_line


@for_people
async def home(request: Request) -> Response:
    """The whole page; with a typed line, the page with one more entry."""
    state = wished(request)
    line = request.query_params.get("add", "")
    if line.strip():
        typed = read_line(line)
        return RedirectResponse(f"/?{address_of(state.added(typed.letter, typed.table))}", 303)
    found = await worked(request, lambda stopped: find(state, FEW, stopped))
    site = site_of(request)
    return HTMLResponse(whole_page(found, site.token, "" if site.file is None else site.file.name))


@for_script
async def answer(request: Request) -> Response:
    """What the levers as they stand lead to: few draws while they move, all of them and the scalp once they rest."""
    state, moved = wished(request), moved_of(request)
    few = request.query_params.get("few") == "1"
    site, entry = site_of(request), entry_of(request)

    def work(stopped: Callable[[], bool]) -> dict[str, Any]:
        found = find(state, FEW if few else FULL, stopped)
        if few:
            return {"parts": outputs.quick(found, moved), "address": address_of(state)}
        harms = {"out-harms": str(side_effects_line(found))}
        harms |= {"out-printed": str(outputs.printed(state, str(request.base_url)))}
        parts = outputs.full(found, moved) | harms | {"out-scalp": drawn_scalp(site, found, stopped)}
        drawing = {"pulse": outputs.fed(found, *entry) if moved == "do" else [], "used": outputs.used(found)}
        return {"parts": parts, "address": address_of(state), "say": outputs.spoken(found, moved)} | drawing

    return JSONResponse(await worked(request, work))


def drawn_scalp(site: Site, found: Found, stopped: Callable[[], bool]) -> str:
    """The two pictures of the scalp, as HTML."""
    hypothesis = found.state.belief.hypothesis()
    key = (found.state.toml, tuple(sorted(hypothesis.off)))
    drawn = site.portraits.get(
        key, lambda: portraits_of(found.scenario, hypothesis, found.mine.data, found.age, stopped=stopped)
    )
    return str(div[outputs.scalp(drawn, found.state.at or found.age, found.has_plan)])


@for_script
async def scalp(request: Request) -> Response:
    """The scalp at the age of the address, alone: its slider moves nothing else."""
    state, site = wished(request), site_of(request)

    def work(stopped: Callable[[], bool]) -> dict[str, Any]:
        return {
            "parts": {"out-scalp": drawn_scalp(site, find(state, FULL, stopped), stopped)},
            "address": address_of(state),
        }

    return JSONResponse(await worked(request, work))


@for_script
async def sources(request: Request) -> Response:
    """The sources of the answer."""
    state = wished(request)

    def work(stopped: Callable[[], bool]) -> dict[str, Any]:
        return {"parts": {"out-sources": str(div[outputs.sources(find(state, FEW, stopped))])}}

    return JSONResponse(await worked(request, work))


@for_script
async def entry(request: Request) -> Response:
    """One typed line as a row of controls; the row is checked together with all the others."""
    typed = read_line(request.query_params.get("say", ""))
    state = wished(request)
    after = state.added(typed.letter, typed.table)
    age = after.scenario.person.age  # raises where the new entry cannot be used
    place = request.query_params.get("place", "")
    number = int(place) if place.isdecimal() and len(place) < 3 else max(numbers_of(request, "ti"), default=0) + 1
    controls = {
        "row": str(row(typed.letter, max(number, 1), typed.table, age)),
        "lane": str(lane(typed.letter, max(number, 1), typed.table)),
    }
    return JSONResponse(controls | {"letter": typed.letter})


@for_people
async def arrow(request: Request) -> Response:
    """The card of an arrow, as a page of its own or as a piece for the script."""
    alone = request.headers.get("accept") != "text/x-card"
    card = await worked(request, lambda _: card_of(request.path_params["name"], alone))
    if not alone:
        return HTMLResponse(str(card))
    return HTMLResponse(plain_page("An arrow", card))
