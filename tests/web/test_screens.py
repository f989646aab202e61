"""Every screen in a real browser: no fault that axe finds, nothing wider than the screen, no motion unasked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

pytest.importorskip("playwright")
pytest.importorskip("axe_playwright_python")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from anagen.web.app import ROUTES
from tests.web.browsing import PATIENCE, Visits, needs_browser, region, whole

pytestmark = needs_browser
KEPT = "v=1&p=age:40;sex:male&k1=with&k1t1=kind:finasteride;dose:1 mg&k2=without&k2i1=kind:food;product:kale;amount:9 g"
SCREENS = {
    "first": "/",
    "grades A-B": "/?theory=ab",
    "a woman of whom little is known": "/?p=age:50;sex:female",
    "compare": "/compare",
    "compare two": f"/compare?{KEPT}",
    "compare theories": "/compare?also=theories",
    "claims": "/claims",
    "a claim": "/claims?name=calcium-chokes-follicles",
    "oxygen": "/oxygen?flow=14&loss=40",
    "tour": "/tour",
    "an arrow": "/arrow/androgen-drives-miniaturization",
    "an error": "/?p=age:x",
    "report": "/report.html",
}
NO_SCREENS = {
    "/answer",
    "/scalp",
    "/sources",
    "/entry",
    "/keep",
    "/scenario.toml",
    "/outlook.csv",
    "/page.css",
    "/anagen.js",
}
"""Routes that answer the script of a page, or lead to another, or hand out a file."""
ON_THE_PAGE = ("first", "grades A-B", "a woman of whom little is known")
WIDTHS = (360, 768, 1280, 1600)


def test_every_route_is_a_screen_or_known_not_to_be() -> None:
    shown = {"/" + path.split("?")[0].split("/")[1] for path in SCREENS.values()}
    for path, _ in ROUTES:
        assert (path.split("/{")[0] in shown) != (path in NO_SCREENS), path


@pytest.fixture(scope="module", params=list(SCREENS))
def screen(
    request: pytest.FixtureRequest, browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Page]]:
    """A screen with everything on it opened, at rest."""
    name, path = request.param, SCREENS[request.param]
    visits = Visits(browser, address)
    if name == "report":  # it is handed out as a file: opened as one
        with urlopen(f"{address}report.html", timeout=PATIENCE / 1000) as answer:
            saved: Path = tmp_path_factory.mktemp("report") / "report.html"
            saved.write_bytes(answer.read())
        path = saved.as_uri()
    page = visits.open(path, bypass_csp=True, reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    if name in ON_THE_PAGE:
        whole(page)
    for one in page.locator("details").all():
        one.evaluate("one => { one.open = true; }")
    yield name, page
    visits.close()
    assert [one for one in visits.wrong if not (name == "an error" and "400" in one)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(screen: tuple[str, Page], width: int, scheme: str) -> None:
    _, page = screen
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


def test_nothing_is_wider_than_the_screen(screen: tuple[str, Page]) -> None:
    _, page = screen
    wide = "() => document.documentElement.scrollWidth"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(wide) <= width
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    large = page.evaluate(wide)
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    assert large <= 1280


def test_nothing_moves_for_who_wants_no_motion(visits: Visits) -> None:
    page = visits.open(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    whole(page)
    arrow = region(page, "The flowchart, scrolls sideways").get_by_role("switch").first
    arrow.focus()
    page.keyboard.press("Space")
    expect(arrow).to_have_attribute("aria-checked", "false")
    moving = "() => document.getAnimations().filter((one) => one.playState === 'running').length"
    assert page.evaluate(moving) == 0
    whole(page)
    assert page.evaluate(moving) == 0
