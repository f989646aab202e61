"""The routes of the page. Every GET only computes; what writes a file is a POST with the token of this run."""

from __future__ import annotations

import secrets
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from anagen.outlook.kept import Kept
from anagen.web.claims import claims
from anagen.web.compare import compare, keep
from anagen.web.guard import Guard
from anagen.web.keeping import csv, opened, report, save, toml, tour
from anagen.web.oxygen import oxygen
from anagen.web.plain import script, stylesheet
from anagen.web.reply import Site
from anagen.web.screen import answer, arrow, entry, home, scalp, sources
from anagen.web.state import State, sample
from anagen.web.work import Works


async def css(_: Request) -> Response:
    """The one stylesheet."""
    return Response(stylesheet(), media_type="text/css", headers={"cache-control": "no-cache"})


async def js(_: Request) -> Response:
    """The one script."""
    return Response(script(), media_type="text/javascript", headers={"cache-control": "no-cache"})


async def refused(_: Request, error: Exception) -> Response:
    """A refusal in one sentence."""
    status = getattr(error, "status_code", 500)
    words = {404: "There is no such page here; start from the first one.", 405: "This address is not used like that."}
    return PlainTextResponse(words.get(status) or str(getattr(error, "detail", "")), status)


async def broken(_: Request, __: Exception) -> Response:
    """A defect of the page: said as one, without its insides."""
    return PlainTextResponse(
        "Something went wrong in the page itself; the terminal it was started from says what.", 500
    )


PACKED = 4
"""Of 9: half the time of the highest, and 5 in 100 larger."""
ROUTES = (
    ("/", home), ("/answer", answer), ("/scalp", scalp), ("/sources", sources), ("/entry", entry),
    ("/arrow/{name}", arrow), ("/scenario.toml", toml), ("/outlook.csv", csv), ("/report.html", report),
    ("/compare", compare), ("/keep", keep), ("/claims", claims), ("/oxygen", oxygen), ("/tour", tour),
    ("/page.css", css), ("/anagen.js", js),
)  # fmt: skip
POSTS = (("/open", opened), ("/save", save))


def application(start: State | None = None, file: Path | None = None, port: int | None = None) -> Starlette:
    """The page as an ASGI application.

    Parameters
    ----------
    start : what an address without a scenario shows; the sample unless given.
    file : what may be written to; port : the one that is listened on, held against the Host of every request.
    """
    routes = [Route(path, handler, methods=["GET"]) for path, handler in ROUTES]
    routes += [Route(path, handler, methods=["POST"]) for path, handler in POSTS]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, port=port), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=PACKED)],
        exception_handlers={HTTPException: refused, 404: refused, 405: refused, Exception: broken},
    )
    app.state.site = Site(secrets.token_urlsafe(24), start or sample(), file, Works(), Kept(most=24))
    return app
