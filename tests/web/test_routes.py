"""Every route, and what the first screen holds."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from anagen.flowchart.chart import flowchart
from anagen.web.plain import script, stylesheet

MOST_BYTES = 120_000


@pytest.fixture(scope="module")
def first(client: TestClient) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.text


@pytest.fixture(scope="module")
def full(client: TestClient) -> dict[str, str]:
    answer = client.get("/answer")
    assert answer.status_code == 200
    return answer.json()["parts"]


def words(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def test_the_first_screen_answers_without_a_script(first: str) -> None:
    assert first.startswith("<!doctype html>")
    assert first.count("<!doctype") == 1
    said = words(first)
    for part in (
        "For every 100 hairs on the vertex today", "Every arrow is on", "Sample, made up: Sam",
        "A model for learning, not medical advice.", "What you do", "What you believe", "Within the limit",
        "500 mg trimagnesium dicitrate x 16.2 % = 80.8 mg", "When to see a doctor",
    ):  # fmt: skip
        assert part in said


def test_every_arrow_is_a_switch_in_the_chart_and_in_the_list(first: str) -> None:
    drawn = {name for names in re.findall(r'data-arrows="([^"]+)"', first) for name in names.split()}
    listed = set(re.findall(r'data-arrow="([^"]+)"', first))
    assert drawn == listed == set(flowchart().arrows)
    assert first.count('role="switch"') == len(listed)


def test_every_control_has_a_name(first: str) -> None:
    labeled = set(re.findall(r'<label[^>]*for="([^"]+)"', first))
    controls = re.findall(r"<(?:input|select)\b[^>]*>", first)
    visible = [one for one in controls if 'type="hidden"' not in one]
    assert len(visible) > 90
    for one in visible:
        found = re.search(r'\bid="([^"]+)"', one)
        assert found, one
        assert found[1] in labeled, one
    ids = re.findall(r'\bid="([^"]+)"', first)
    assert len(ids) == len(set(ids))


def test_the_first_load_is_small_and_asks_nobody_else(first: str, full: dict[str, str]) -> None:
    texts = (first, stylesheet(), script(), json.dumps(full))
    assert sum(len(gzip.compress(text.encode())) for text in texts) < MOST_BYTES
    loads = re.findall(r'(?:src|srcset)="([^"]*)"|<link[^>]*href="([^"]*)"', first)
    assert sorted(one or other for one, other in loads if not (one or other).startswith("data:")) == [
        "/anagen.js", "/page.css",
    ]  # fmt: skip
    assert "style=" not in first
    assert not re.search(r"\son[a-z]+=", first)
    assert "http" not in re.sub(r"http://www\.w3\.org/2000/svg|https://doi\.org/", "", first + script() + stylesheet())


def test_the_script_is_short_and_hand_written() -> None:
    lines = script().splitlines()
    assert len(lines) <= 300
    assert max(map(len, lines)) < 180
    for word in ("eval(", "document.cookie", "localStorage", "sessionStorage", "import ", "https:"):
        assert word not in script()


def test_the_answers_stand_under_ids_of_the_page_and_controls_are_never_among_them(
    first: str, full: dict[str, str]
) -> None:
    ids = set(re.findall(r'\bid="([^"]+)"', first))
    assert set(full) <= ids
    assert {"out-answer", "out-chart", "out-table", "out-magnesium", "out-scalp", "echo-i1"} <= set(full)
    for text in full.values():
        assert not re.search(r"<(?:input|select|textarea|button|form)\b", text)


def test_the_numbers_said_are_the_numbers_drawn(full: dict[str, str]) -> None:
    data = json.loads(re.search(r'id="readings">(.*?)</script>', full["out-chart"])[1])  # type: ignore[index]
    assert set(data["curves"]) == {"plan", "nothing"}
    low, half, middle, more, high = (row[-1] for row in data["curves"]["plan"])
    assert low <= half <= middle <= more <= high
    assert f"plan {middle:,.0f}" in words(full["out-chart"])
    assert "60 runs" in words(full["out-answer"])
    assert full["out-scalp"].count("<svg") == 2


def test_only_what_is_eaten_is_held_against_the_need(full: dict[str, str]) -> None:
    """A bath holds 49 g of magnesium, which is no part of what a body needs."""
    said = {key: words(text) for key, text in full.items() if key.startswith("echo-")}
    assert any("of the need" in text for text in said.values())
    assert not any("of the need" in text for text in said.values() if "on the skin" in text or "in the water" in text)


def test_other_arrows_bring_four_curves_and_a_cause(client: TestClient) -> None:
    found = client.get("/answer?few=1&theory=calcification-first&moved=believe").json()["parts"]
    data = json.loads(re.search(r'id="readings">(.*?)</script>', found["out-chart"])[1])  # type: ignore[index]
    assert len(data["curves"]) == 4
    assert "The plan did not change; the assumptions did." in words(found["out-answer"])
    assert "11 arrows are off (calcification-first)" in words(found["out-believed"])


def test_with_every_arrow_off_a_plan_changes_nothing(client: TestClient, bare: dict[str, str]) -> None:
    flip = ".".join(flowchart().arrows)
    query = bare | {"flip": flip, "t1": "kind:finasteride;dose:1 mg", "few": "1"}
    found = client.get("/answer", params=query).json()["parts"]
    assert "and 0 (8 in 10 runs: 0 to 0) with your arrows" in words(found["out-answer"])


def test_kidneys_and_pregnancy_change_the_limits_at_once(client: TestClient, bare: dict[str, str]) -> None:
    intake = {"i1": "kind:supplement;product:magnesium oxide;amount:400 mg;label:compound"}
    usual = words(client.get("/answer", params=bare | intake).json()["parts"]["out-magnesium"])
    kidneys = words(client.get("/answer", params=bare | intake | {"p.egfr": "20"}).json()["parts"]["out-magnesium"])
    assert "Within" in usual
    assert "Do not use" in kidneys


def test_what_is_not_told_is_said(client: TestClient, bare: dict[str, str]) -> None:
    found = client.get("/answer", params=bare | {"few": "1"}).json()["parts"]
    assert "Not told: where it thins, since when and the family" in words(found["out-answer"])


@pytest.mark.parametrize(
    "line", ["mag citrate 500", "magnesium oil 10 sprays", "epsom bath weekly", "almonds handful", "minoxidil 5 %"]
)
def test_a_typed_line_comes_back_as_a_row_of_controls(client: TestClient, line: str) -> None:
    found = client.get("/entry", params={"say": line, "place": "7"}).json()
    assert f'id="row-{found["letter"]}7"' in found["row"]


def test_a_typed_line_without_a_script_leads_to_the_page_with_it(client: TestClient) -> None:
    answer = client.get("/", params={"add": "minoxidil 5 %"})
    assert answer.status_code == 303
    assert "minoxidil" in answer.headers["location"]
    assert client.get("/", params={"add": "xyzzy"}).status_code == 400


def test_a_saved_scenario_opens_again(client: TestClient, token: str) -> None:
    saved = client.get("/scenario.toml")
    assert saved.headers["content-disposition"] == 'attachment; filename="scenario.toml"'
    opened = client.post("/open", headers={"x-token": token}, content=saved.content).json()["address"]
    assert client.get(f"/scenario.toml?{opened}").text == saved.text
    refused = client.post("/open", headers={"x-token": token}, content=b"[person]\nage = 4\n")
    assert refused.status_code == 400
    assert refused.json()["errors"] == ["the file: person.sex: this key is needed"]


def test_csv_holds_every_variable_with_its_unit(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/outlook.csv").text)))
    hairs = [row for row in rows if row["variable"] == "hairs_per_cm2" and row["arm"] == "plan"]
    assert hairs[0]["unit"] == "1/cm**2"
    assert all(float(row["p10"]) <= float(row["p50"]) <= float(row["p90"]) for row in hairs)
    assert {row["arm"] for row in rows} == {"plan", "baseline"}


def test_the_card_of_an_arrow_tells_equation_source_and_who_disagrees(client: TestClient) -> None:
    path = "/arrow/calcification-lowers-flow"
    page, card = client.get(path), client.get(path, headers={"accept": "text/x-card"})
    assert page.text.startswith("<!doctype html>")
    assert card.text.startswith("<div")
    for part in ("Source", "Who disagrees", "Equation and numbers", "Switched off", "unproven"):
        assert part in words(card.text)
    assert client.get("/arrow/none-such").status_code == 400


def test_sources_claims_and_the_scalp(client: TestClient) -> None:
    assert "sources. A value" in words(client.get("/sources").json()["parts"]["out-sources"])
    claims = client.get("/claims").text
    name = re.search(r'href="/claims\?name=([^"]+)"', claims)[1]  # type: ignore[index]
    assert client.get(f"/claims?name={name}").status_code == 200
    assert client.get("/claims?name=none-such").status_code == 400
    early, late = (client.get(f"/scalp?at={age}").json()["parts"]["out-scalp"] for age in (33, 70))
    assert "Age 33" in words(early)
    assert "Age 70" in words(late)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><b>", "'-->"])
def test_names_are_escaped_wherever_they_stand(client: TestClient, name: str) -> None:
    intake = quote("kind:water;product:" + json.dumps(name))
    query = f"v=1&p={quote('age:40;sex:male')}&p.name={quote(name)}&i1={intake}"
    for path in ("/", "/answer"):
        text = client.get(f"{path}?{query}&i1.amount=1+L&i1.strength=50+mg/L").text
        text = json.loads(text)["parts"]["out-who"] if path == "/answer" and text.startswith("{") else text
        assert name not in text
        assert "<b>" not in text
        assert "<img" not in text
    refused = client.get("/", params={"v": "1", "p": "age:40;sex:male", "i1": f"kind:food;product:{json.dumps(name)}"})
    assert refused.status_code == 400
    assert name not in refused.text


def test_errors_are_sentences(client: TestClient) -> None:
    found = client.get("/answer", params={"p": "age:4000;sex:femal"})
    assert found.status_code == 400
    assert len(found.json()["errors"]) == 2
    assert client.get("/nothing").text == "There is no such page here; start from the first one."
    assert client.post("/").status_code == 405


def test_the_tour_ends_with_every_arrow_on() -> None:
    from anagen.web.tour import STEPS, shown_by

    added = shown_by(len(STEPS) - 1)
    assert all(added)
    names = [arrow.name for step in added for arrow in step]
    assert sorted(names) == sorted(flowchart().arrows)
    assert {tail for step in STEPS for tail in step.tails} <= set(flowchart().nodes)


def test_the_tour_reads_by_scrolling(client: TestClient) -> None:
    page = client.get("/tour").text
    assert page.count("<svg") == page.count("<h2") == 6
    assert "<script" not in page
    assert "unproven" in words(page)
