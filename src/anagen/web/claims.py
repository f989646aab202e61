"""The route of the claims. What runs experiments is imported when it is asked for: the first page does without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from anagen.stopping import stopping
from anagen.web.plain import error_page
from anagen.web.reply import NOT_STATE, for_people, pairs_of
from anagen.web.slow import slowly
from anagen.web.work import TooLong

if TYPE_CHECKING:
    from anagen.outlook.experiments_records import Result


@for_people
async def claims(request: Request) -> Response:
    """Every claim with its verdict; with a name, that one and what its experiment finds now."""
    from anagen.evidence.claims import find_claim
    from anagen.web.claims_page import claim_page, claims_page, result_of, too_long

    name = request.query_params.get("name", "")
    kept = [(key, text) for key, text in pairs_of(request) if key not in (*NOT_STATE, "name")]
    if not name:
        return HTMLResponse(claims_page(kept))
    claim = find_claim(name)

    def found(stopped: Callable[[], bool]) -> Result | None:
        with stopping(stopped):
            return result_of(claim)

    try:
        result = await slowly(request, found)
    except TooLong:
        return HTMLResponse(error_page([too_long(claim)]), 503)
    return HTMLResponse(claim_page(claim, result, kept))
