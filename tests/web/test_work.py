"""Work in threads: the latest wins, and nobody is worked for who has left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import anyio
import numpy as np
import pytest

pytest.importorskip("starlette")

from starlette.requests import Request

from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.intake.ledger import tally
from anagen.outlook.dataset import simulate
from anagen.outlook.kept import Kept
from anagen.outlook.live import BLOCK, FOLLICLES, SHOWN, look
from anagen.scenario import Scenario
from anagen.show.account import account
from anagen.stopping import Stopped
from anagen.web import work
from anagen.web.found import added_up
from anagen.web.work import TooLong, Works
from tests.web.apart import run_apart

NOBODY = Scenario.loads('[person]\nage = 40\nsex = "male"\n')
MOVED = Scenario.loads(f'{NOBODY.text}[[treatment]]\nkind = "finasteride"\ndose = "1 mg"\nfrom_age = 50\n')


def request(gone: threading.Event) -> Request:
    """A request whose connection is closed once `gone` is set."""

    async def receive() -> dict[str, Any]:
        while not gone.is_set():
            await anyio.sleep(0.01)
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "GET", "headers": []}, receive)


def until_stopped(ended: threading.Event) -> Callable[[Callable[[], bool]], str]:
    """Work that only ends when it is told to."""

    def job(stopped: Callable[[], bool]) -> str:
        deadline = time.monotonic() + 10
        while not stopped() and time.monotonic() < deadline:
            time.sleep(0.005)
        ended.set()
        return "done" if not stopped() else "stopped"

    return job


def test_a_client_that_leaves_leaves_no_work_running() -> None:
    gone, ended, works = threading.Event(), threading.Event(), Works(1)

    async def main() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(ask)
            await anyio.sleep(0.1)
            assert works.running == 1
            gone.set()

    async def ask() -> None:
        assert await works.run(request(gone), "a", until_stopped(ended)) == "stopped"

    run_apart(main)
    assert ended.wait(30)
    assert works.running == 0


def test_the_latest_wish_of_a_reader_wins_and_other_readers_are_left_alone() -> None:
    works, never = Works(3), threading.Event()
    found: dict[str, str] = {}

    async def ask(name: str, reader: str, job: Callable[[Callable[[], bool]], str]) -> None:
        try:
            found[name] = await works.run(request(never), reader, job)
        except Stopped:
            found[name] = "stopped"

    def short(stopped: Callable[[], bool]) -> str:
        time.sleep(0.3)
        return "stopped" if stopped() else "done"

    async def main() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(ask, "first", "a", until_stopped(threading.Event()))
            group.start_soon(ask, "other", "b", short)
            await anyio.sleep(0.1)
            group.start_soon(ask, "second", "a", short)

    run_apart(main)
    assert found == {"first": "stopped", "other": "done", "second": "done"}


def test_a_wish_that_waited_in_vain_is_never_begun() -> None:
    works, never, begun = Works(1), threading.Event(), []
    busy, all_asked = threading.Event(), threading.Event()

    def slow(_: Callable[[], bool]) -> str:
        busy.set()
        all_asked.wait(30)
        return "done"

    def late(_: Callable[[], bool]) -> str:
        begun.append(1)
        return "done"

    async def ask(reader: str, job: Callable[[Callable[[], bool]], str]) -> None:
        try:
            await works.run(request(never), reader, job)
        except Stopped:
            return

    async def main() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(ask, "b", slow)
            while not busy.is_set():
                await anyio.sleep(0.01)
            for _ in range(5):
                group.start_soon(ask, "a", late)
                await anyio.sleep(0.01)
            all_asked.set()

    run_apart(main)
    assert begun == [1]


def test_work_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "LONGEST", 0.2)
    ended, works = threading.Event(), Works(1)

    async def main() -> None:
        with pytest.raises(TooLong):
            await works.run(request(threading.Event()), "a", until_stopped(ended))

    run_apart(main)
    assert ended.wait(30)


def test_a_look_stops_between_blocks_of_people() -> None:
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Stopped):
        look(NOBODY, (HYPOTHESES["hybrid"],), 40 * BLOCK, seed=11, stopped=stopped)
    assert len(asked) == 4


def test_a_look_has_the_numbers_of_a_run() -> None:
    one = Scenario.loads('[person]\nage = 45\nsex = "male"\npattern = "IV"\n')
    run = simulate(one, draws=BLOCK + 2, seed=3, hypotheses=["androgen-first"], follicles=FOLLICLES, threads=1)
    live = look(one, (HYPOTHESES["androgen-first"],), BLOCK + 2, seed=3)
    for name in ("hairs_per_cm2", "blood_flow"):
        np.testing.assert_array_equal(live[name].sel(region="vertex"), run[name].sel(region="vertex"))
    assert float(live["weight"].values[0]) == 1.0


def test_more_draws_leave_the_first_ones_as_they_were() -> None:
    few, many = (look(NOBODY, (HYPOTHESES["hybrid"],), draws)["hairs_per_cm2"] for draws in (BLOCK, 2 * BLOCK))
    np.testing.assert_array_equal(few, many.isel(draw=slice(0, BLOCK)))


def test_a_look_at_one_variable_has_the_numbers_of_a_whole_one() -> None:
    whole = look(MOVED, (HYPOTHESES["hybrid"],), BLOCK)
    for name in SHOWN:
        alone = look(MOVED, (HYPOTHESES["hybrid"],), BLOCK, names=(name,))
        assert list(alone.data_vars) == [name]
        np.testing.assert_array_equal(alone[name], whole[name])
        assert alone[name].attrs == whole[name].attrs


def test_who_was_kept_for_one_plan_grows_the_same_under_another(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = [MOVED, NOBODY, Scenario.loads(MOVED.text.replace("from_age = 50", "from_age = 41"))]
    found = [look(one, (HYPOTHESES["hybrid"],), BLOCK) for one in (*plans, *plans)]
    for one, seen in zip((*plans, *plans), found, strict=True):
        monkeypatch.setattr("anagen.outlook.live._follicles", Kept(most=1))
        alone = look(one, (HYPOTHESES["hybrid"],), BLOCK)
        for name in SHOWN:
            np.testing.assert_array_equal(alone[name], seen[name])


@pytest.mark.parametrize("region", ["vertex", "frontal"])
def test_grafts_are_grown_on_the_page_too(region: str) -> None:
    graft = f'[[treatment]]\nkind = "transplant"\ndose = "40 grafts/cm2"\nregion = "{region}"\n'
    one = Scenario.loads('[person]\nage = 40\nsex = "male"\npattern = "V"\n' + graft)
    run = simulate(one, draws=4, hypotheses=["hybrid"], follicles=FOLLICLES, threads=1)["hairs_per_cm2"]
    live = look(one, (HYPOTHESES["hybrid"],), 4).dataset()["hairs_per_cm2"]
    np.testing.assert_array_equal(live.sel(region="vertex", age=run["age"]), run.sel(region="vertex"))
    soon = live.isel(hypothesis=0, region=0).sel(age=46).mean("draw")
    moved = float(soon.sel(arm="plan") - soon.sel(arm="baseline"))
    assert moved > 10 if region == "vertex" else moved == 0


def test_a_kept_ledger_is_that_of_the_scenario() -> None:
    salt = '[[intake]]\nkind = "supplement"\nproduct = "magnesium citrate"\namount = "900 mg"\n'
    drug = '[[treatment]]\nkind = "spironolactone"\ndose = "100 mg"\n'
    ages = ("", "from_age = 30", "from_age = 50", "from_age = 60", "from_age = 30\nto_age = 39", "to_age = 55")
    woman = '[person]\nage = 40\nsex = "female"\negfr = 40\n'
    findings: set[int] = set()
    for text in (woman, woman + salt, *(woman + salt + drug + one for one in ages), *(salt + woman + drug,)):
        one = Scenario.loads(text)
        ledger, read = added_up(one)
        assert ledger == tally(one)
        assert read == account(ledger)
        findings.add(len(ledger.findings))
    assert len(findings) > 2, "a drug of today is told of, one of another age is not"


def test_what_is_kept_is_bounded() -> None:
    kept: Kept[int] = Kept(3)
    for key in range(10):
        assert kept.get(key, lambda key=key: key) == key
    assert len(kept) == 3
    assert kept.get(9, lambda: -1) == 9
    assert kept.get(0, lambda: -1) == -1
