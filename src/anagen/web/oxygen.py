"""The route of the oxygen screen. The solver is imported when it is asked for: the first page does without it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from anagen.web.plain import error_page
from anagen.web.reply import NOT_STATE, for_people, pairs_of, wished, worked
from anagen.web.slow import slowly
from anagen.web.work import LONGEST, TooLong

TOO_LONG = (
    f"Solving took longer than {LONGEST:g} s and was given up. Where the solver was being compiled, it goes on being "
    "compiled: ask again in a minute."
)


@for_people
async def oxygen(request: Request) -> Response:
    """Slices and numbers of a severity; where none is asked for, of what is expected of this person."""
    from anagen.web.oxygen_asked import ASKED_KEYS, asked_of
    from anagen.web.oxygen_page import oxygen_page
    from anagen.web.oxygen_person import expected_of
    from anagen.web.oxygen_solved import compiled, solve_asked

    given = {name: text for name, text in pairs_of(request) if name in ASKED_KEYS and text.strip()}
    chosen, state = asked_of(given), wished(request)
    kept = [(name, text) for name, text in pairs_of(request) if name not in NOT_STATE and text]
    expected = await worked(request, lambda stopped: expected_of(state, stopped))
    asked = chosen or (expected.plan if expected.has_plan else expected.nothing)
    if not given and not compiled():
        return HTMLResponse(oxygen_page(kept, expected, asked, None))
    try:
        found = await slowly(request, lambda stopped: solve_asked(asked, stopped))
    except TooLong:
        return HTMLResponse(error_page([TOO_LONG]), 503)
    return HTMLResponse(oxygen_page(kept, expected, asked, found))
