"""What every screen has: the one stylesheet, the one script, the head, and a page of words without controls."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import htpy
from htpy import Element, Node, a, body, div, footer, h1, head, li, link, main, meta, p, section, ul

from anagen.show.report import DISCLAIMER
from anagen.show.report import stylesheet as report_stylesheet

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M4 15C4 6 8 3 12 1' "
    "stroke='%230b6670' stroke-width='3' fill='none'/%3E%3C/svg%3E"
)
STYLES = ("page.css", "screens.css", "compare.css")


@cache
def stylesheet() -> str:
    """The report's stylesheet with that of the page behind it."""
    own = files("anagen.web").joinpath("static")
    return "".join([report_stylesheet(), *(own.joinpath(name).read_text(encoding="utf-8") for name in STYLES)])


@cache
def script() -> str:
    """The one script."""
    return files("anagen.web").joinpath("static/anagen.js").read_text(encoding="utf-8")


def page_head(title: str, token: str = "") -> Element:
    """The head; a page with a token has the script too."""
    return head[
        meta(charset="utf-8"),
        meta(name="viewport", content="width=device-width, initial-scale=1"),
        meta(name="color-scheme", content="light dark"),
        meta(name="token", content=token) if token else None,
        htpy.title[title],
        link(rel="icon", href=ICON),
        link(rel="stylesheet", href="/page.css"),
        htpy.script(type="module", src="/anagen.js") if token else None,
    ]


def plain_page(title: str, *content: Node) -> str:
    """A page of words without controls."""
    return str(
        htpy.html(lang="en")[
            page_head(f"anagen: {title}"),
            body(".plain")[
                main[section[p(".wordmark")[a(href="/")["anagen"]], h1[title], content]], footer[p[DISCLAIMER]]
            ],
        ]
    )


def error_page(sentences: list[str]) -> str:
    """What could not be read, in sentences, and a way back."""
    return plain_page(
        "This cannot be used as it stands",
        div(role="alert")[ul[(li[one] for one in sentences)]],
        p[a(href="/")["Start from the sample"]],
    )
