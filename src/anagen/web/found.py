"""What is worked out for one state: the ledger, the look ahead with the reader's arrows and with every arrow on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from anagen.flowchart.hypotheses import HYPOTHESES, Hypothesis
from anagen.intake.ledger import Ledger, tally
from anagen.outlook.kept import Kept as KeptResults
from anagen.outlook.live import BLOCK, SHOWN, look
from anagen.outlook.sheet import Sheet
from anagen.outlook.summary import named_age
from anagen.routine import in_use
from anagen.scenario import Scenario
from anagen.show import bands
from anagen.show.account import Account, account
from anagen.show.bands import Band, Kept
from anagen.web.beliefs import DEFAULT
from anagen.web.state import State

FEW = BLOCK
FULL = 5 * BLOCK

_looks: KeptResults[Sheet] = KeptResults(most=16)
_glances: KeptResults[Sheet] = KeptResults(most=96)
"""Looks of few draws: 20 kB each, so that a slider that is drawn to and fro finds most of its ages again."""
_ledgers: KeptResults[tuple[Ledger, Account]] = KeptResults(most=24)


def looked(scenario: Scenario, hypothesis: Hypothesis, draws: int, stopped: Callable[[], bool], text: str) -> Sheet:
    """A look, kept by the text of its scenario; of few draws no more is worked out than the chart shows."""
    key = (text, tuple(sorted(hypothesis.off)), draws)
    kept, names = (_looks, SHOWN) if draws > FEW else (_glances, (bands.HAIRS,))
    return kept.get(key, lambda: look(scenario, (hypothesis,), draws, stopped=stopped, names=names))


def added_up(scenario: Scenario) -> tuple[Ledger, Account]:
    """The ledger of a scenario and how it reads, kept while only later ages of treatments move."""
    person = scenario.person
    # of a treatment's ages a ledger asks no more than whether it is in use today
    today = [(replace(one, from_age=None, to_age=None), in_use(one, person.age)) for one in scenario.treatments]
    key = repr((person, scenario.intakes, scenario.products, today))

    def work() -> tuple[Ledger, Account]:
        ledger = tally(scenario)
        return ledger, account(ledger)

    return _ledgers.get(key, work)


@dataclass(frozen=True)
class Side:
    """One set of arrows: hairs kept at the named age, and the bands of plan and baseline."""

    data: Sheet
    kept: Kept
    plan: Band
    baseline: Band


@dataclass(frozen=True)
class Found:
    """Everything the outputs of the page are made of; `usual` is None where every arrow is on."""

    state: State
    scenario: Scenario
    ledger: Ledger
    read: Account
    mine: Side
    usual: Side | None
    age: float
    draws: int

    @property
    def has_plan(self) -> bool:
        """Whether anything is taken or done."""
        return bool(self.scenario.intakes or self.scenario.treatments)


def _side(data: Sheet, age: float) -> Side:
    (name,) = bands.names(data, "hypothesis")
    plan, baseline = (bands.band(data, bands.HAIRS, name, arm, bands.REGION) for arm in ("plan", "baseline"))
    return Side(data, bands.kept(data, age)[0], plan, baseline)


def find(state: State, draws: int, stopped: Callable[[], bool]) -> Found:
    """Work a state out.

    Raises
    ------
    ScenarioError
        Where the scenario cannot be used.
    Stopped
        Where nobody waits for it any more.
    """
    scenario = state.scenario
    ledger, read = added_up(scenario)
    mine = looked(scenario, state.belief.hypothesis(), draws, stopped, state.toml)
    age = named_age(mine)
    usual = None
    if not state.belief.is_default:
        usual = _side(looked(scenario, HYPOTHESES[DEFAULT], draws, stopped, state.toml), age)
    return Found(state, scenario, ledger, read, _side(mine, age), usual, age, draws)
