"""The state of the page: a scenario, what is believed, and the age the scalp is drawn at; `address` has its text."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from anagen.scenario import Scenario
from anagen.show.numbers import listed
from anagen.web.beliefs import Belief
from anagen.web.pairs import AddressError, Table
from anagen.web.plans import LISTS, MOST_PLANS, Plan, bare, free_name
from anagen.web.servings import as_scenario
from anagen.web.toml_text import toml_text

PAGE = "this page"

SAMPLE: Table = {"name": "Sam", "age": 32, "sex": "male", "pattern": "III vertex", "onset_age": 27}
SAMPLE_INTAKES: tuple[Table, ...] = (
    {"kind": "supplement", "product": "magnesium citrate", "amount": "500 mg", "label": "compound"},
    {"kind": "topical", "product": "magnesium chloride brine", "amount": "10 sprays", "strength": "31 % w/w",
     "spray_volume": "0.15 mL"},
    {"kind": "food", "product": "almonds", "amount": "1 oz"},
)  # fmt: skip
SAMPLE_TREATMENTS: tuple[Table, ...] = ({"kind": "finasteride", "dose": "1 mg"},)


@dataclass(frozen=True)
class State:
    """What the page shows, as tables not yet checked; `scenario` checks them. `name` is the plan's, "" for none."""

    person: Table
    products: tuple[Table, ...] = ()
    intakes: tuple[Table, ...] = ()
    treatments: tuple[Table, ...] = ()
    belief: Belief = field(default_factory=Belief)
    at: float | None = None
    name: str = ""
    kept: tuple[Plan, ...] = ()

    @cached_property
    def toml(self) -> str:
        """The scenario as the text of a file."""
        entries = self.plan.lists().items()
        lists = {LISTS[letter]: tuple(as_scenario(bare(one)) for one in tables) for letter, tables in entries}
        return toml_text(self.person, lists)

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, checked; raises ScenarioError with every problem."""
        return Scenario.loads(self.toml, PAGE)

    @property
    def plan(self) -> Plan:
        """The plan on the page."""
        return Plan(self.name, self.products, self.intakes, self.treatments)

    def with_plan(self, plan: Plan) -> State:
        """The same with another plan on the page."""
        lists = {"products": plan.products, "intakes": plan.intakes, "treatments": plan.treatments}
        return replace(self, name=plan.name, **lists)

    def synced(self) -> State:
        """The same; where the plan on the page is a kept one, with its name and what it costs."""
        return next((self.with_plan(one) for one in self.kept if one.same_as(self.plan)), self)

    def keeping(self) -> State:
        """The same with the plan on the page kept besides; raises AddressError where there is no room for it."""
        if any(one.same_as(self.plan) for one in self.kept):
            return self
        names = [one.name for one in self.kept]
        if len(names) >= MOST_PLANS:
            raise AddressError(
                f"{MOST_PLANS} plans are kept already ({listed(names)}); remove one where plans are compared"
            )
        named = replace(self, name=free_name(self.name, names))
        return replace(named, kept=(*self.kept, named.plan))

    def added(self, letter: str, table: Table) -> State:
        """The same with one more table of a list."""
        if letter == "t":
            return replace(self, treatments=(*self.treatments, table))
        return replace(self, intakes=(*self.intakes, table))


def sample() -> State:
    """A made-up person with a routine, for who has typed nothing."""
    return State(dict(SAMPLE), (), SAMPLE_INTAKES, SAMPLE_TREATMENTS)


def state_of_toml(text: str, source: str) -> State:
    """The state of a file; raises ScenarioError where the file cannot be used."""
    Scenario.loads(text, source)
    data: dict[str, Any] = tomllib.loads(text)
    products, intakes, treatments = (tuple(data.get(name, ())) for name in LISTS.values())
    return State(data["person"], products, intakes, treatments)
