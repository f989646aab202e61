"""The state of the page: a scenario, what is believed, and the age the scalp is drawn at. It stands in the address.

`v` is the version. `p` is the person, `d1 d2 ...` products, `i1 i2 ...` intakes and `t1 t2 ...` treatments, each a
table in short (see `pairs`). A key of a table may stand alone, as `i1.amount=500 mg`: that is how the controls of the
page send it, and it wins over the short table. `theory` and `flip` are what is believed, `at` the age of the scalp.
`plan` is the name of this plan, and `k1` to `k4` with their tables are plans kept to be compared (see `plans`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from anagen.errors import AnagenError
from anagen.scenario import Scenario
from anagen.show.numbers import listed
from anagen.web.beliefs import DEFAULT, Belief, belief_of
from anagen.web.pairs import AddressError, Table, quoted, read_table, read_value, write_table
from anagen.web.plans import LISTS, MOST_PLANS, Plan, bare, check_effort, free_name, read_name
from anagen.web.servings import as_scenario
from anagen.web.toml_text import toml_text

VERSION = "1"
MOST_ITEMS = 60
LONGEST_ADDRESS = 16_000
NAME = re.compile(r"(p|(?P<kept>k[1-9])?(?:[dit](?:[1-9][0-9]?)))(?:\.(?P<key>[A-Za-z0-9_]{1,40}))?")
KEPT = re.compile(r"k[1-9]")
PLAIN = ("v", "theory", "flip", "at", "plan")
"""Keys of an address that hold plain text."""
PAGE = "this page"
WORDS_LISTS = ("conditions",)
"""Keys that a reader types as words with commas."""

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

    def address(self) -> str:
        """The query of an address that shows the same."""
        pairs = [("v", VERSION), ("p", write_table(self.person))]
        pairs += [("plan", self.name)] if self.name else []
        pairs += self.plan.pairs()
        for place, one in enumerate(self.kept, 1):
            pairs += [(f"k{place}", one.name), *one.pairs(f"k{place}")]
        if self.belief.theory != DEFAULT:
            pairs.append(("theory", self.belief.theory))
        if self.belief.flipped:
            pairs.append(("flip", ".".join(sorted(self.belief.flipped))))
        if self.at is not None:
            pairs.append(("at", f"{self.at:g}"))
        return urlencode(pairs, safe=":;,/")

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


def _typed(key: str, text: str) -> Any:
    """What a control sends for one key, as the file would hold it."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if key == "medicines" and not text.lstrip().startswith("["):
        return [{"name": word} for word in words]
    if key in WORDS_LISTS and not text.lstrip().startswith("["):
        return words
    return read_value(text)


def about_beliefs(name: str) -> bool:
    """Whether a key of an address leaves person and plan as they are: what is believed, seen, named and kept."""
    return name in PLAIN or name.startswith("k")


def _tables(pairs: Iterable[tuple[str, str]]) -> dict[str, Table]:
    """Every table by its name in the address, single keys put in."""
    whole: dict[str, Table] = {}
    single: list[tuple[str, str, str]] = []
    for name, text in pairs:
        found = NAME.fullmatch(name)
        if found is None:
            unknown = quoted(name)
            raise AddressError(f'"{unknown}" in the address is unknown; start again from the page without an address')
        if found["key"] is None:
            whole[found[1]] = read_table(text)
        elif text.strip():
            single.append((found[1], found["key"], text))
    for name, key, text in single:
        if name in whole or name == "p":
            whole.setdefault(name, {})[key] = _typed(key, text)
    return whole


def _plan(name: str, prefix: str, tables: dict[str, Table]) -> Plan:
    """The plan whose tables begin with a prefix."""
    mine = {key.removeprefix(prefix): one for key, one in tables.items() if key.startswith(prefix) and one}
    mine = {key: one for key, one in mine.items() if key[0] in LISTS}
    if len(mine) > MOST_ITEMS:
        raise AddressError(f"{len(mine)} entries are too many for a plan of this page; it takes {MOST_ITEMS}")
    for key, one in mine.items():
        check_effort(prefix + key, one)
    products, intakes, treatments = (
        tuple(mine[key] for key in sorted(mine, key=_place) if key[0] == letter) for letter in LISTS
    )
    return Plan(name, products, intakes, treatments)


def _kept(names: dict[str, str], tables: dict[str, Table]) -> tuple[Plan, ...]:
    """The plans that are kept, in the order of their numbers; names that stand twice are told apart."""
    prefixes = sorted({*names, *(name[:2] for name in tables if name.startswith("k"))})
    if prefixes and prefixes[-1] > f"k{MOST_PLANS}":
        raise AddressError(f"{prefixes[-1]} in the address: at most {MOST_PLANS} plans are kept; leave one out")
    found: list[Plan] = []
    for prefix in prefixes:
        name = read_name(names.get(prefix, ""), prefix)
        found.append(_plan(free_name(name, (one.name for one in found)), prefix, tables))
    return tuple(found)


def state_of(pairs: list[tuple[str, str]]) -> State:
    """The state of an address; raises AddressError or UnknownName. An address without anything is the sample."""
    plain = {name: text for name, text in pairs if name in PLAIN}
    names = {name: text for name, text in pairs if KEPT.fullmatch(name)}
    if plain.get("v", VERSION) != VERSION:
        raise AddressError(f"this address is of version {quoted(plain['v'], 20)}; this page reads version {VERSION}")
    belief = belief_of(plain.get("theory") or DEFAULT, [one for one in plain.get("flip", "").split(".") if one])
    tables = _tables((name, text) for name, text in pairs if name not in plain and name not in names)
    name, at = read_name(plain.get("plan", ""), "plan"), _age(plain.get("at", ""))
    kept = _kept(names, tables)
    if all(about_beliefs(one) for one in tables):
        return replace(sample(), belief=belief, at=at, name=name, kept=kept)
    state = State(tables.get("p", {}), belief=belief, at=at, kept=kept)
    return state.with_plan(_plan(name, "", tables))


def _place(name: str) -> int:
    return int(name[1:] or 0)


def _age(text: str) -> float | None:
    value = read_value(text) if text else None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 200:
        raise AddressError(f'at = "{quoted(text)}" in the address: it must be an age in years')
    return float(value)


__all__ = ["LONGEST_ADDRESS", "AnagenError", "State", "about_beliefs", "sample", "state_of", "state_of_toml"]
