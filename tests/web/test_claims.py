"""The claims on the page: verdicts in a list, and experiments that are run when a claim is opened."""

from __future__ import annotations

import html
import json
import re
import threading

import anyio
import httpx2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from typer.testing import CliRunner

from anagen.cli import app as command
from anagen.evidence.claims import claims
from anagen.outlook.experiments import experiments
from anagen.show.claims_words import NO_EXPERIMENT, number_words
from anagen.web import claims_page, slow
from anagen.web.work import Works
from tests.web.apart import run_apart

QUICK = "everything-adds-up"


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_every_claim_stands_in_the_list_with_its_verdict(client: TestClient) -> None:
    text = client.get("/claims").text
    said = words(text)
    assert set(re.findall(r'href="/claims\?name=([^"]+)"', text)) == set(claims())
    for one in claims().values():
        assert one.says in said
        assert one.verdict in said
    assert f"Of {len(claims())} claims" in said
    assert "<script" not in text


def test_the_way_back_leads_to_the_state_it_came_from(client: TestClient) -> None:
    state = "v=1&p=age%3A40%3Bsex%3Amale"
    escaped = html.escape(state)
    assert f'href="/?{escaped}"' in client.get(f"/claims?{state}").text
    assert f'href="/claims?{escaped}&amp;name={QUICK}"' in client.get(f"/claims?{state}").text
    assert f'href="/claims?{escaped}"' in client.get(f"/claims?{state}&name={QUICK}").text


@pytest.mark.parametrize("name", [QUICK, "minoxidil-works-by-blood-flow", "epsom-baths-raise-magnesium"])
def test_a_claim_runs_the_experiment_of_the_command(client: TestClient, name: str) -> None:
    said = words(client.get("/claims", params={"name": name}).text)
    told = json.loads(CliRunner().invoke(command, ["claims", name, "--json"]).stdout)
    claim = claims()[name]
    assert told["result"]["sentence"] in said
    result = claims_page.result_of(claim)
    assert result is not None
    assert result.to_dict() == told["result"]
    for one in result.numbers:
        assert " ".join(" ".join(number_words(one)).split()) in said
    for part in (claim.verdict, claim.would_need, "What would change the verdict", "Sources", "Against it"):
        assert part in said


def test_a_claim_without_an_experiment_says_so(client: TestClient) -> None:
    name = next(one.name for one in claims().values() if one.experiment is None)
    assert NO_EXPERIMENT in words(client.get("/claims", params={"name": name}).text)


def test_an_unknown_claim_is_refused_with_the_nearest(client: TestClient) -> None:
    found = client.get("/claims", params={"name": "epsom-baths-raise-magnesum"})
    assert found.status_code == 400
    assert "epsom-baths-raise-magnesium" in words(found.text)


def test_what_is_said_to_be_slow_is_an_experiment() -> None:
    assert set(claims_page.SLOW) <= set(experiments())


def test_an_experiment_that_takes_too_long_is_given_up_politely(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    monkeypatch.setattr("anagen.web.work.LONGEST", 0.1)
    monkeypatch.setattr(slow, "_one_at_a_time", Works(1))
    monkeypatch.setattr(claims_page, "result_of", lambda _: ended.wait(20))
    found = client.get("/claims", params={"name": QUICK})
    ended.set()
    assert found.status_code == 503
    assert f"anagen claims {QUICK} in a terminal" in words(found.text)


def test_a_long_experiment_leaves_the_other_pages_alone(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = threading.Event(), threading.Event()

    def long(_: object) -> None:
        begun.set()
        ended.wait(20)

    monkeypatch.setattr(slow, "_one_at_a_time", Works(1))
    monkeypatch.setattr(claims_page, "result_of", long)
    found: list[int] = []

    async def main() -> None:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:

            async def ask(path: str) -> None:
                found.append((await client.get(path)).status_code)

            async with anyio.create_task_group() as group:
                for _ in range(4):
                    group.start_soon(ask, f"/claims?name={QUICK}")
                while not begun.is_set():
                    await anyio.sleep(0.01)
                for path in ("/scenario.toml", "/tour", "/claims"):
                    await ask(path)
                assert found == [200, 200, 200]
                ended.set()

    run_apart(main)
    assert found == [200] * 7
