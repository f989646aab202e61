"""The state of the page as the query of an address: written, and read back.

`v` is the version. `p` is the person, `d1 d2 ...` products, `i1 i2 ...` intakes and `t1 t2 ...` treatments, each a
table in short (see `pairs`). A key of a table may stand alone, as `i1.amount=500 mg`: that is how the controls of the
page send it, and it wins over the short table. `theory` and `flip` are what is believed, `at` the age of the scalp.
`plan` is the name of this plan, and `k1` to `k4` with their tables are plans kept to be compared (see `plans`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from anagen.web.beliefs import DEFAULT, belief_of
from anagen.web.pairs import AddressError, Table, quoted, read_table, read_value, write_table
from anagen.web.plans import LISTS, MOST_PLANS, Plan, check_effort, free_name, read_name
from anagen.web.state import State, sample

VERSION = "1"
MOST_ITEMS = 60
NAME = re.compile(r"(p|(?P<kept>k[1-9])?(?:[dit](?:[1-9][0-9]?)))(?:\.(?P<key>[A-Za-z0-9_]{1,40}))?")
KEPT = re.compile(r"k[1-9]")
PLAIN = ("v", "theory", "flip", "at", "plan")
"""Keys of an address that hold plain text."""
WORDS_LISTS = ("conditions",)
"""Keys that a reader types as words with commas."""

Pairs = list[tuple[str, str]]


# written


def kept_pairs(state: State) -> Pairs:
    """The plans that are kept, each its name and its tables."""
    return [
        pair for place, one in enumerate(state.kept, 1) for pair in ((f"k{place}", one.name), *one.pairs(f"k{place}"))
    ]


def written(state: State) -> Pairs:
    """Every key of the address that shows a state, with its text."""
    pairs = [("v", VERSION), ("p", write_table(state.person))]
    pairs += [("plan", state.name)] if state.name else []
    pairs += [*state.plan.pairs(), *kept_pairs(state)]
    if state.belief.theory != DEFAULT:
        pairs.append(("theory", state.belief.theory))
    if state.belief.flipped:
        pairs.append(("flip", ".".join(sorted(state.belief.flipped))))
    if state.at is not None:
        pairs.append(("at", f"{state.at:g}"))
    return pairs


def address_of(state: State) -> str:
    """The query of an address that shows a state."""
    return urlencode(written(state), safe=":;,/")


# read


def about_beliefs(name: str) -> bool:
    """Whether a key of an address leaves person and plan as they are: what is believed, seen, named and kept."""
    return name in PLAIN or name.startswith("k")


def state_of(pairs: Pairs) -> State:
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


def _typed(key: str, text: str) -> Any:
    """What a control sends for one key, as the file would hold it."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if key == "medicines" and not text.lstrip().startswith("["):
        return [{"name": word} for word in words]
    if key in WORDS_LISTS and not text.lstrip().startswith("["):
        return words
    return read_value(text)


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


def _place(name: str) -> int:
    return int(name[1:] or 0)


def _age(text: str) -> float | None:
    value = read_value(text) if text else None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 200:
        raise AddressError(f'at = "{quoted(text)}" in the address: it must be an age in years')
    return float(value)
