"""The journey of a reader in a real browser, by role and name alone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.browsing import Visits, needs_browser, region, served, whole

pytestmark = needs_browser
ANDROGEN = re.compile("androgen signal .*follicle|androgen.*miniatur", re.I)
DRAGGED, STEPS = 0.4, 12


def answered(page: Page) -> str:
    """The first sentence of the answer."""
    return region(page, "What to expect").get_by_role("paragraph").first.inner_text()


def chosen(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label, exact=True)


def add(page: Page, line: str) -> None:
    box = chosen(page, "Add what you take, put on, or do")
    box.fill(line)
    box.press("Enter")
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def drag(page: Page, slider: Locator) -> None:
    """Take a slider along with the pointer."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 8, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + DRAGGED * box["width"], middle, steps=STEPS)
    page.mouse.up()


def test_the_whole_journey(visits: Visits, browser: Browser, tmp_path: Path) -> None:
    page = visits.open(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    whole(page)
    expect(page.get_by_role("heading", name="What to expect")).to_be_visible()

    # describe yourself
    page.get_by_role("link", name="Make it me").click()
    page.get_by_role("textbox", name="A name, or none").fill("Ada")
    chosen(page, "Family").select_option("a near relative is bald")
    expect(region(page, "What to expect")).to_contain_text("same pattern, onset and family")

    # citrate again, now typed: the number on its label is that of the salt
    page.get_by_role("button", name="Remove magnesium citrate").click()
    citrate = page.get_by_role("group", name=re.compile("^magnesium citrate"))
    expect(citrate).to_have_count(0)
    add(page, "mag citrate 500")
    citrate.get_by_role("combobox", name="The number on the label is of").select_option("the compound, a salt")
    expect(citrate).to_contain_text("= 80.8 mg")
    whole(page)

    # drag: the slider goes along, the answer follows; then by keyboard, with the focus where it was
    before = answered(page)
    start = page.get_by_role("slider", name="Start finasteride", exact=True)
    drag(page, start)
    expect(start).to_have_attribute("aria-valuetext", re.compile(r"age \d+"))
    expect(region(page, "What to expect").get_by_role("paragraph").first).not_to_have_text(before)
    start.focus()
    at = int((start.get_attribute("aria-valuetext") or "").split()[-1])
    page.keyboard.press("ArrowRight")
    expect(start).to_have_attribute("aria-valuetext", f"age {at + 1}")
    whole(page)
    expect(start).to_be_focused()
    assert f"from_age={at + 1}" in page.url

    # an arrow, by keyboard: the card tells of it, and the cause is named
    flowchart = region(page, "The flowchart, scrolls sideways")
    arrow = flowchart.get_by_role("switch", name=ANDROGEN).first
    arrow.focus()
    expect(region(page, "The arrow that is chosen")).to_contain_text("Who disagrees")
    page.keyboard.press("Space")
    expect(arrow).to_have_attribute("aria-checked", "false")
    expect(region(page, "What to expect")).to_contain_text("The plan did not change; the assumptions did")
    expect(arrow).to_be_focused()
    expect(region(page, "What you believe")).to_contain_text("1 arrow is off")

    # every theory to start from
    theory = chosen(page, "Theory to start from")
    for name in theory.get_by_role("option").all_inner_texts():
        theory.select_option(name)
        off = re.search(r"\((\d+) arrows off\)", name)
        expect(region(page, "What you believe")).to_contain_text(
            f"{off[1]} arrows are off" if off else "Every arrow is on"
        )
    theory.select_option("hybrid")
    page.get_by_role("button", name="Switch every arrow on").click()
    expect(region(page, "What you believe")).to_contain_text("Every arrow is on")
    whole(page)

    # compare: this plan and one without finasteride
    page.get_by_role("textbox", name="Plan:").fill("with")
    page.get_by_role("link", name="Keep this plan to compare").click()
    whole(page)
    page.get_by_role("button", name="Remove finasteride").click()
    expect(page.get_by_role("group", name=re.compile("^finasteride"))).to_have_count(0)
    page.get_by_role("textbox", name="Plan:").fill("without")
    whole(page)
    page.get_by_role("link", name="Keep this plan to compare").click()
    whole(page)
    page.get_by_role("link", name="Compare plans", exact=True).click()
    expect(page.get_by_role("heading", name="Plans compared")).to_be_visible()
    for plan in ("with", "without"):
        expect(page.get_by_role("rowheader", name=plan, exact=True).first).to_be_visible()
    page.get_by_role("link", name="Back to the page").click()
    whole(page)

    # the address holds it all, for somebody else too
    said, link = answered(page), page.url
    other = visits.open(link.removeprefix(visits.address))
    whole(other)
    assert answered(other) == said
    page.reload()
    whole(page)
    assert answered(page) == said

    # save: a file that reads as one, and a report that opens with the network blocked
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the scenario").click()
    download.value.save_as(tmp_path / "mine.toml")
    assert tomllib.loads((tmp_path / "mine.toml").read_text(encoding="utf-8"))["person"]["name"] == "Ada"
    with page.expect_download() as download:
        page.get_by_role("link", name="Save report.html").click()
    download.value.save_as(tmp_path / "report.html")
    alone = visits.open((tmp_path / "report.html").as_uri(), offline=True)
    expect(alone.get_by_role("heading", name="The outlook for Ada")).to_be_visible()


def test_back_undoes(visits: Visits) -> None:
    page = visits.open()
    whole(page)
    before, start = answered(page), page.get_by_role("slider", name="Start finasteride", exact=True)
    expect(start).to_have_attribute("aria-valuetext", "today")
    start.fill("41")
    expect(page).to_have_url(re.compile("from_age=41"))
    expect(region(page, "What to expect").get_by_role("paragraph").first).not_to_have_text(before)
    page.go_back()
    expect(start).to_have_attribute("aria-valuetext", "today")
    whole(page)
    assert answered(page) == before


def test_a_link_into_the_page_leaves_it_as_it_is(visits: Visits) -> None:
    page = visits.open()
    whole(page)
    box = page.get_by_role("textbox", name="Dose (finasteride)")
    box.evaluate("one => { one.dataset.mine = 'kept'; }")
    page.get_by_role("link", name="Make it me").click()
    expect(page.get_by_role("textbox", name="A name, or none")).to_be_visible()
    page.get_by_role("link", name="Skip to the answer").press("Enter")
    expect(page).to_have_url(re.compile("#answer$"))
    assert box.get_attribute("data-mine") == "kept"  # not loaded anew


def test_tabs_go_by_arrow_keys(visits: Visits) -> None:
    page = visits.open()
    page.get_by_role("tab", name="Chart").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Table")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Sources")).to_contain_text("leans on")


def test_the_page_reads_without_a_script(visits: Visits) -> None:
    page = visits.open(java_script_enabled=False, viewport={"width": 360, "height": 780})
    expect(region(page, "What to expect")).to_contain_text("For every 100 hairs")
    chosen(page, "Add what you take, put on, or do").fill("massage 4 min")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("group", name=re.compile("^massage"))).to_be_visible()


def test_the_page_of_a_file_saves_into_it(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[person]\nname = "Ada"\nage = 50\nsex = "female"\n', encoding="utf-8")
    with served(str(path)) as address:
        visits = Visits(browser, address)
        page = visits.open()
        add(page, "massage 4 min")
        expect(page.get_by_role("group", name=re.compile("^massage"))).to_be_visible()
        page.get_by_role("button", name="Save to mine.toml").click()
        expect(page.get_by_role("status").filter(has_text="Saved to mine.toml.")).to_have_count(1)
        assert 'kind = "massage"' in path.read_text(encoding="utf-8")
        visits.close()
        assert visits.wrong == []


def test_no_other_host_can_be_asked(browser: Browser, address: str) -> None:
    visits = Visits(browser, address)
    page = visits.open()
    asked = "() => fetch('http://192.0.2.1/').then(() => 'answered', () => 'refused')"
    assert page.evaluate(asked) == "refused"
    assert any("Content Security Policy" in one for one in visits.wrong)  # the page's own policy forbids it
    free = visits.open("/page.css", bypass_csp=True)
    assert free.evaluate(asked) == "refused"
    assert "asked http://192.0.2.1/" in visits.wrong  # and where there were none, the tests would see it
    visits.close()
