"""The page: well formed, self-contained, escaped, complete, the same every time."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from anagen.evidence.sources import bibliography
from anagen.flowchart.chart import flowchart
from anagen.outlook.records import Outlook
from anagen.show.report import report_html, stylesheet

VOID = {"meta", "br", "hr", "img", "link", "input", "wbr", "col"}
FIXTURES = ("outlook", "treated", "idle", "stopped")
NASTY = "<script>alert('x')</script>"
LARGEST = 1_000_000


class Reader(HTMLParser):
    """Reads a page and keeps its tags, ids, attributes and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], (tag, self.open[-3:])
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(params=FIXTURES)
def page(request: pytest.FixtureRequest) -> str:
    return report_html(request.getfixturevalue(request.param))


def test_well_formed_with_unique_ids_and_live_links(page: str) -> None:
    reader = read(page)
    ids = [attributes["id"] for _, attributes in reader.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes["href"] for tag, attributes in reader.seen if tag == "a"]
    for target in targets:
        assert target is not None
        if target.startswith("#"):
            assert target[1:] in ids
    labels = [attributes["aria-labelledby"] for _, attributes in reader.seen if "aria-labelledby" in attributes]
    assert set(labels) <= set(ids)


def test_asks_for_nothing_from_outside(page: str) -> None:
    reader = read(page)
    tags = {tag for tag, _ in reader.seen}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "image", "use", "base", "form"}
    for tag, attributes in reader.seen:
        assert "src" not in attributes
        assert "xlink:href" not in attributes
        assert "srcset" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        target = attributes.get("href") or ""
        if not target.startswith("#") and "href" in attributes:
            assert tag == "a"
            assert attributes.get("rel") == "noreferrer"
            assert target.startswith("https://doi.org/")
    assert "http" not in stylesheet()
    assert "@import" not in stylesheet()
    assert set(re.findall(r"url\(([^)]*)\)", stylesheet())) <= {"#over", "#unsure"}
    policies = [attributes for tag, attributes in reader.seen if attributes.get("http-equiv")]
    assert policies[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_size_and_sameness(outlook: Outlook, page: str) -> None:
    assert len(page.encode()) < LARGEST
    assert report_html(outlook) == report_html(outlook)


def test_headings_in_order_landmarks_and_names(page: str) -> None:
    reader = read(page)
    levels = [int(tag[1]) for tag, _ in reader.seen if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    tags = [tag for tag, _ in reader.seen]
    assert tags.count("main") == tags.count("header") == tags.count("footer") == 1
    assert reader.seen[0] == ("html", {"lang": "en"})
    for tag, attributes in reader.seen:
        if tag == "svg":
            assert attributes.get("aria-hidden") == "true" or (
                attributes.get("role") == "img" and attributes.get("aria-label")
            )
        if attributes.get("tabindex") == "0" and tag == "div":
            assert attributes.get("role") == "region"
            assert attributes.get("aria-label")


def test_every_arrow_is_in_the_list(outlook: Outlook) -> None:
    text = "".join(read(report_html(outlook)).text)
    after = text[text.index(f"All {len(flowchart().arrows)} arrows as a list") :]
    for one in flowchart().arrows.values():
        assert one.says in after


def test_every_source_cited_is_listed(outlook: Outlook) -> None:
    page = report_html(outlook)
    for one in flowchart().arrows.values():
        for key in {*one.sources_for, *one.sources_against} - {"assumed"}:
            assert f'id="source-{key}"' in page
    assert bibliography()["vanneste2000"].doi in page


def test_agreed_words(page: str) -> None:
    text = " ".join(read(page).text)
    assert "A model for learning, not medical advice." in text
    for never in ("% CI", "you should", "You should", " cure", "causes", "\ufffd"):
        assert never not in text, never
    assert not re.search(r"\b(nan|None|inf)\b", text)


def test_strings_of_the_user_are_escaped(outlook: Outlook) -> None:
    whole = outlook.ledger.to_dict()
    items = [{**item, "name": NASTY, "arithmetic": NASTY} for item in whole["items"]]  # type: ignore[union-attr]
    findings = [{**one, "message": NASTY, "item": NASTY} for one in whole["findings"]]  # type: ignore[union-attr]
    ledger = type(outlook.ledger)({**whole, "items": items, "findings": findings})  # type: ignore[call-arg]
    scenario = replace(outlook.scenario, person=replace(outlook.scenario.person, name=NASTY, pattern=NASTY))
    provenance = replace(outlook.provenance, scenario=f"{NASTY}\n{NASTY}")
    page = report_html(replace(outlook, ledger=ledger, scenario=scenario, provenance=provenance))
    assert "<script" not in page
    assert NASTY in "".join(read(page).text)


def test_scenario_and_origin_are_told(outlook: Outlook) -> None:
    text = " ".join(read(report_html(outlook)).text)
    for told in ("examples/thread.toml", "anagen 0.1.0", "200 per hypothesis", "256 per draw", "It leaves out"):
        assert told in text
