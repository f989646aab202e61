"""The oxygen screen: what is asked of the solver is what the page says, and the closure stands beside it."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode

import pytest
from starlette.testclient import TestClient

from anagen.evidence.parameters import value
from anagen.evidence.thresholds import fingerprint, shipped_thresholds
from anagen.flowchart.chart import flowchart
from anagen.oxygen.patch import solve_patch
from anagen.oxygen.scene import patch_of_scene
from anagen.show.oxygen_thresholds_table import threshold_sentence, thresholds_table
from anagen.stopping import Stopped
from anagen.web import oxygen_solved
from anagen.web.address import state_of
from anagen.web.oxygen_asked import ASKED_KEYS, RANGES, Asked, asked_of, severities
from anagen.web.oxygen_person import ARROWS, expected_of
from anagen.web.oxygen_solved import SEEDS, closure_of, solve_asked
from anagen.web.oxygen_words import asked_words, found_sentence, off_sentence
from anagen.web.reply import NOT_STATE
from anagen.web.state import sample


def words(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def never() -> bool:
    return False


def test_severities_go_from_health_to_the_worst() -> None:
    asked = list(severities().values())
    assert list(severities()) == ["none", "mild", "moderate", "severe"]
    assert asked[0] == Asked(value("flow_at_rest"), 0, 0, 0)
    found = [closure_of(one).mean for one in asked]
    assert found == sorted(found, reverse=True)
    assert found[0] > 40
    assert found[-1] < 5


def test_what_is_asked_is_read_back_from_an_address() -> None:
    for one in (*severities().values(), Asked(21.5, 47, 250, 30)):
        assert asked_of(dict(parse_qsl(one.query))) == one
    assert asked_of({"severity": "mild"}) == severities()["mild"]
    assert asked_of({}) is None
    assert asked_of({"severity": "expected"}) is None
    assert asked_of({"loss": "50"}) == Asked(value("flow_at_rest"), 50, 0, 0)
    assert set(ASKED_KEYS) <= set(NOT_STATE)


def test_the_solver_is_asked_for_what_the_page_says() -> None:
    asked = Asked(20.0, 40, 50, 30)
    found = solve_asked(asked, never)
    assert solve_asked(asked, never) is found
    for seed, bulb in zip(SEEDS[:2], found.each, strict=False):
        scene = asked.scene(seed)
        alone = solve_patch(patch_of_scene(scene), scene.perfusion, scene.damage, scene.nutritive_share, scene.spacing)
        assert bulb.mean == pytest.approx(alone.bulb_mean, abs=0.01)
        assert bulb.lowest == pytest.approx(alone.bulb_min, abs=0.01)
    assert scene.damage.wall_resistance == 0.5 * value("calcified_wall_resistance")
    assert scene.damage.permeability == 1 - 0.3 * value("fibrosis_diffusion_loss")
    assert found.drawn.below_5 == pytest.approx(float((found.bulb_po2 < 5).mean()))
    assert 0 <= found.drawn.below_5 <= found.drawn.below_10 <= 1
    assert found.mean.mean == pytest.approx(found.closure.mean, abs=7)  # as far off as the worst point of its fit


def test_the_closure_beside_it_is_the_one_of_the_flowchart() -> None:
    from anagen.outlook.experiments_bench import HEALTHY, at_once, central

    states = {**HEALTHY, "calcification": 0.5, "fibrosis": 0.3, "vessel_density": 1 - 0.4}
    node = at_once(central(), {"blood_flow": 20.0}, states)["bulb_po2"]
    assert closure_of(Asked(20.0, 40, 50, 30)).mean == pytest.approx(float(node), rel=1e-6)


def test_solving_stops_when_nobody_waits() -> None:
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Stopped):
        solve_asked(Asked(33.3, 11, 12, 13), stopped)
    assert len(asked) == 3


def test_what_is_expected_of_the_sample_is_worse_without_the_plan_and_later() -> None:
    found = expected_of(sample(), never)
    assert found.age == 50
    assert found.plan.flow > found.nothing.flow
    assert found.plan.loss < found.nothing.loss
    assert found.po2 > found.po2_nothing
    late = expected_of(state_of([("at", "78")]), never)
    assert late.age == 78
    assert late.nothing.scar > found.nothing.scar


def test_an_arrow_that_is_off_leaves_its_number_as_in_health() -> None:
    assert set(ARROWS.values()) <= set(flowchart().arrows)
    found = expected_of(state_of([("flip", "vessels-raise-oxygen.fibrosis-lowers-oxygen")]), never)
    assert found.nothing.loss == 0
    assert found.nothing.scar == 0
    assert found.nothing.calcium > 0
    assert "Fewer capillaries" in off_sentence(found)
    assert "as in health" in off_sentence(found)


def test_the_screen_says_its_numbers_and_keeps_the_state(client: TestClient) -> None:
    state = {"v": "1", "p": 'age:40;sex:male;name:"<b>Bo"', "t1": "kind:finasteride;dose:1 mg", "at": "60"}
    page = client.get("/oxygen", params=state | {"severity": "moderate"})
    assert page.status_code == 200
    said = words(page.text)
    found = solve_asked(severities()["moderate"], never)
    for part in (
        found_sentence(found), "The model's closure", "What the model expects for <b>Bo at 60, with the plan",
        "Nobody has counted the capillaries of a scalp", threshold_sentence(shipped_thresholds()[1], 5.0),
    ):  # fmt: skip
        assert part in said
    assert page.text.count("<svg") == 3
    assert "<b>Bo" not in page.text
    assert "<style" not in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    links = [dict(parse_qsl(one)) for one in re.findall(r'href="/oxygen\?([^"]+)"', html.unescape(page.text))]
    assert len(links) == 8
    assert all(state.items() <= one.items() for one in links)
    assert f'href="/?{html.escape(urlencode(state))}"' in page.text
    assert page.text.count('aria-current="true"') == 1
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', page.text))
    assert hidden.keys() == state.keys()


def test_the_form_holds_what_is_shown(client: TestClient) -> None:
    text = client.get("/oxygen", params={"flow": "20", "loss": "40", "calcium": "50", "scar": "30"}).text
    for key in RANGES:
        assert f'for="{key}"' in text
    assert re.search(r'id="calcium" name="calcium" value="50"', text)
    assert asked_words(Asked(20, 40, 50, 30)) in words(text)


def test_a_severity_that_cannot_be_is_refused_with_every_number(client: TestClient) -> None:
    found = client.get("/oxygen", params={"flow": "much", "loss": "120", "scar": "nan"})
    assert found.status_code == 400
    assert words(found.text).count("write a number from") == 3
    assert "did you mean" in words(client.get("/oxygen", params={"severity": "sever"}).text)


def test_before_the_solver_is_compiled_the_screen_comes_at_once_and_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oxygen_solved, "compiled", never)
    text = client.get("/oxygen").text
    assert "not compiled on this computer yet" in words(text)
    assert text.count("<svg") == 0
    assert "Solve it now" in text


def test_the_shipped_thresholds_are_the_stored_ones_and_the_screen_says_where_records_have_changed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = shipped_thresholds()
    (made,) = {run["provenance"]["records"] for run in runs}
    for now in (made, "another"):
        monkeypatch.setattr("anagen.web.oxygen_page.fingerprint", lambda now=now: now)
        said = words(client.get("/oxygen?severity=moderate").text)
        assert ("the records have changed since" in said) is (now != made)
    assert re.fullmatch("[0-9a-f]{12}", fingerprint())
    table = str(thresholds_table(runs))
    assert table.count("<tr>") == 1 + 4 * len(runs)
    usual = runs[1]
    assert usual["bulb_uptake"] == value("bulb_consumption")
    assert "does not get there" in threshold_sentence(usual, 5.0)
    assert "does not get there" not in threshold_sentence(runs[2], 10.0)


def test_the_first_page_leads_there_with_its_state_and_without_a_script(client: TestClient) -> None:
    text = client.get("/", params={"v": "1", "p": "age:41;sex:female"}).text
    link = html.unescape(re.search(r'href="(/oxygen\?[^"]+)"', text)[1])  # type: ignore[index]
    assert dict(parse_qsl(link.partition("?")[2]))["p"] == "age:41;sex:female"
    assert client.get(link).status_code == 200
