"""Starts and stops on the chart, in a real browser: the handles and the sliders of the rows are one."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Locator, Page, expect

from tests.web.browsing import Visits, needs_browser, region, whole

pytestmark = needs_browser
YEARS_DRAWN, AXIS = 48, (38 / 380, 250 / 380)
"""Of the sample, who is 32 and is drawn to 80; where the axis begins in the chart and how long it is."""
CONTROLS = "button, input[type=range], input[type=checkbox], [role=tab]"


def handle(page: Page, title: str, end: str) -> Locator:
    return page.get_by_role("slider", name=f"{title}, {end}, on the chart", exact=True)


def in_row(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def answer(page: Page) -> Locator:
    return region(page, "What to expect").get_by_role("paragraph").first


def opened(visits: Visits, width: int = 1280, path: str = "/", **how: str) -> Page:
    page = visits.open(path, viewport={"width": width, "height": 900}, **how)
    whole(page)
    return page


def across(page: Page, age: float) -> float:
    """Where an age stands on the chart's axis, in pixels of the screen."""
    box = region(page, "Hair by age").get_by_role("img").first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] * (AXIS[0] + AXIS[1] * (age - 32) / YEARS_DRAWN)


def middle(one: Locator) -> float:
    """The height of a handle on the screen."""
    one.scroll_into_view_if_needed()
    box = one.bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2


@pytest.mark.parametrize("width", [360, 1280])
def test_a_handle_goes_along_with_the_pointer_and_stands_at_its_age(visits: Visits, width: int) -> None:
    page = opened(visits, width)
    start, before = handle(page, "finasteride", "start"), answer(page).inner_text()
    height, places = middle(start), {age: across(page, age) for age in (32, 36, 40, 44, 48)}
    page.mouse.move(places.pop(32), height)
    page.mouse.down()
    for age, place in places.items():
        page.mouse.move(place, height, steps=3)
        expect(start).to_have_attribute("aria-valuetext", f"age {age}")
        expect(in_row(page, "Start finasteride")).to_have_attribute("aria-valuetext", f"age {age}")
    page.mouse.up()
    expect(page).to_have_url(re.compile("t1.from_age=48"))
    expect(answer(page)).not_to_have_text(before)


def test_handles_and_sliders_say_the_same_and_keep_the_focus(visits: Visits) -> None:
    page = opened(visits)
    stop, row = handle(page, "finasteride", "stop"), in_row(page, "Stop at finasteride")
    expect(stop).to_have_attribute("aria-valuetext", "never")
    stop.focus()
    page.keyboard.press("ArrowLeft")
    expect(row).to_have_attribute("aria-valuetext", "age 80")
    whole(page)
    expect(stop).to_be_focused()
    page.keyboard.press("End")
    expect(row).to_have_attribute("aria-valuetext", "never")
    row.focus()
    page.keyboard.press("ArrowLeft")
    expect(stop).to_have_attribute("aria-valuetext", "age 80")
    page.keyboard.press("Home")
    expect(stop).to_have_attribute("aria-valuetext", "age 33")
    start = handle(page, "finasteride", "start")
    start.focus()
    page.keyboard.press("PageUp")  # would pass the stop
    expect(start).to_have_attribute("aria-valuetext", "today")
    expect(in_row(page, "Start finasteride")).to_have_attribute("aria-valuetext", "today")


def test_handles_come_and_go_with_their_entries_and_each_echo_stays_with_its_row(visits: Visits) -> None:
    page = opened(visits)
    page.get_by_role("button", name="Remove magnesium citrate").click()
    expect(handle(page, "magnesium citrate", "start")).to_have_count(0)
    line = page.get_by_role("combobox", name="Add what you take, put on, or do")
    line.fill("mag glycinate 200")
    line.press("Enter")
    expect(handle(page, "magnesium glycinate", "stop")).to_have_count(1)
    for title, says in (("almonds", "almonds (28.3 g)"), ("magnesium glycinate", "200 mg magnesium bisglycinate")):
        expect(page.get_by_role("group", name=re.compile(f"^{title}"))).to_contain_text(says)
    handle(page, "magnesium glycinate", "start").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"i4\.from_age=33"))


def test_another_age_moves_sliders_and_handles(visits: Visits) -> None:
    page = opened(visits)
    page.get_by_role("link", name="Make it me").click()
    page.get_by_role("spinbutton", name=re.compile("^Age")).fill("45")
    start = handle(page, "finasteride", "start")
    expect(start).to_have_attribute("min", "45")
    expect(in_row(page, "Start finasteride")).to_have_attribute("min", "45")
    for end, row, last in (("start", "Start", "80"), ("stop", "Stop at", "81")):  # what is after the end is "never"
        expect(handle(page, "finasteride", end)).to_have_attribute("max", last)
        expect(in_row(page, f"{row} finasteride")).to_have_attribute("max", last)
    expect(start).to_have_attribute("aria-valuetext", "today")
    start.focus()
    page.keyboard.press("ArrowRight")
    expect(in_row(page, "Start finasteride")).to_have_attribute("aria-valuetext", "age 46")


def test_a_shed_is_marked_where_the_model_shows_one(visits: Visits) -> None:
    page = opened(visits, path="/?v=1&p=age:32;sex:male;pattern:III+vertex&t1=kind:minoxidil;dose:1+mL;strength:5+%25;"
                               "times:2;from_age:33;to_age:40")  # fmt: skip
    chart = region(page, "Hair by age")
    expect(chart).to_contain_text(re.compile(r"A shed after stopping minoxidil at 40, months \d to \d+"))
    expect(chart.get_by_role("img").first).to_contain_text("shed, months")


@pytest.mark.parametrize(("motion", "lights"), [("no-preference", 1), ("reduce", 0)])
def test_a_light_runs_along_what_is_switched_unless_less_motion_is_asked_for(
    visits: Visits, motion: str, lights: int
) -> None:
    page = opened(visits, reduced_motion=motion)
    arrow = region(page, "The flowchart, scrolls sideways").get_by_role("switch").first
    arrow.focus()
    page.keyboard.press("Space")
    assert page.locator(".pulse").count() == lights
    expect(arrow).to_have_attribute("aria-checked", "false")
    expect(page.locator(".pulse")).to_have_count(0)


def test_paper_holds_no_controls_but_says_where_it_is_from(visits: Visits) -> None:
    page = opened(visits, width=720)
    page.emulate_media(media="print")
    assert [one.inner_text() for one in page.locator(CONTROLS).all() if one.is_visible()] == []
    expect(page.get_by_text(re.compile(r"^Of \d{4}-\d\d-\d\d, from http://127"))).to_be_visible()
    expect(page.get_by_role("table").first).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 720
