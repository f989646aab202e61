"""The routes of the comparison: plans side by side, what every theory expects, and keeping the plan on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from htpy import Node, a, p
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from anagen.show.bands import Spread
from anagen.show.numbers import signed, whole
from anagen.show.parts import plain_table
from anagen.web.address import address_of
from anagen.web.beliefs import theories
from anagen.web.compare_found import compared
from anagen.web.compare_page import compare_page
from anagen.web.found import FEW, FULL, find
from anagen.web.plain import plain_page
from anagen.web.reply import for_people, wished, worked
from anagen.web.state import State


@for_people
async def compare(request: Request) -> Response:
    """Up to four plans side by side; with `also=theories`, what every theory expects of the plan on the page."""
    state = wished(request).synced()
    if request.query_params.get("also") == "theories":
        return HTMLResponse(await worked(request, lambda stopped: theories_page(state, stopped)))
    return HTMLResponse(await worked(request, lambda stopped: compare_page(compared(state, stopped))))


@for_people
async def keep(request: Request) -> Response:
    """Keep the plan on the page: the address of the page with one more plan in it. Nothing is stored here."""
    state = wished(request)
    _ = state.scenario  # raises where it cannot be used
    return RedirectResponse(f"/?{address_of(state.keeping())}#plan", 303)


def _spread(spread: Spread, change: bool = False) -> str:
    written = signed if change else whole
    return f"{written(spread.median)} ({written(spread.low)} to {written(spread.high)})"


def theories_page(state: State, stopped: Callable[[], bool]) -> str:
    """What every theory expects of the plan on the page, and what the reader's own arrows do."""
    age = whole(find(state, FEW, stopped).age)
    beliefs = [replace(state.belief, theory=name, flipped=frozenset[str]()) for name in theories()]
    beliefs += [state.belief] if state.belief.flipped else []
    rows: list[list[Node]] = []
    for belief in beliefs:
        kept = find(replace(state, belief=belief), FULL, stopped).mine.kept
        rows.append([belief.title, _spread(kept.plan), _spread(kept.baseline), _spread(kept.change, True)])
    head = ("If this holds", "With the plan", "Doing nothing", "The plan changes it by")
    title = f"Hairs on the vertex at age {age} for every 100 of today, by theory"
    return plain_page(
        "What every theory expects",
        p[a(href=f"/compare?{address_of(state)}")["Back to the comparison"]],
        plain_table(title, head, rows, wide=True),
        p(".caption")[f"{FULL} runs each: the median, and in brackets what 8 in 10 runs lie between."],
    )
