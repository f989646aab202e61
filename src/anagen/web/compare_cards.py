"""The controls of the comparison: a card for each plan with its name, and the table of minutes and money.

All of them belong to one form that is sent as an address, so that they work without a script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from htpy import (
    BaseElement,
    Element,
    Node,
    a,
    button,
    div,
    form,
    h3,
    input,
    label,
    li,
    p,
    span,
    strong,
    table,
    tbody,
    td,
    th,
    thead,
    tr,
    ul,
)

from anagen.show.ledger_words import verdict_words
from anagen.show.numbers import mg
from anagen.web.address import address_of, written
from anagen.web.compare_found import Compared, Shown
from anagen.web.effort import effort_words, is_once
from anagen.web.levers import title_of
from anagen.web.pairs import Table
from anagen.web.plans import EFFORT, LONGEST_NAME, MOST_PLANS, free_name
from anagen.web.state import State

FORM = "plans"


def _link(state: State, path: str, *words: Node) -> Element:
    return a(href=f"{path}?{address_of(state)}")[words]


def _without(state: State, key: str) -> State:
    place = int(key[1:]) - 1
    return replace(state, kept=(*state.kept[:place], *state.kept[place + 1 :]))


def _copied(state: State, one: Shown) -> State:
    name = free_name(f"{one.plan.name}"[: LONGEST_NAME - 6] + ", copy", [each.name for each in state.kept])
    return replace(state, kept=(*state.kept, replace(one.plan, name=name)))


def _actions(found: Compared, one: Shown) -> Element:
    """What can be done with a plan, each a plain link."""
    state, of = found.state, span(".offstage-words")[f" {one.plan.name}"]
    room = len(state.kept) < MOST_PLANS
    links: list[Node] = [
        _link(state, "/", "Back to it", of) if one.here else _link(state.with_plan(one.plan), "/", "Open this one", of)
    ]
    if one.key:
        links += [_link(_copied(state, one), "/compare", "Copy", of)] if room else []
        links += [_link(_without(state, one.key), "/compare", "Remove", of)]
    else:
        links += [_link(state.keeping(), "/compare", "Keep this plan", of)]
    return ul(".links")[(li[each] for each in links)]


def _held(one: Shown) -> Node:
    """What a plan holds, in a line each."""
    entries = one.plan.entries()
    if not entries:
        return p["Nothing is done or taken."]
    return ul(".held")[(li[_entry(letter, table)] for letter, _, table in entries)]


def _entry(letter: str, table: Table) -> str:
    amount = table.get("dose") or table.get("amount")
    from_age, to_age = table.get("from_age"), table.get("to_age")
    told = [str(amount)] if amount else []
    told += [str(table["strength"])] if letter == "t" and "strength" in table else []
    told += [f"from age {from_age:g}"] if isinstance(from_age, int | float) else []
    told += [f"to age {to_age:g}"] if isinstance(to_age, int | float) else []
    return ", ".join([title_of(letter, table), *told])


def _card(found: Compared, one: Shown) -> Element:
    name, read = "plan" if not one.key else one.key, one.read
    counted = f"{mg(read.counted)} mg of magnesium a day counted" if read.lines else "No magnesium listed"
    limit = f" against a limit of {mg(read.limit)} mg" if read.lines and read.limit is not None else ""
    standing = "On the page, not kept" if not one.key else "On the page now" if one.here else "Kept"
    return div(class_=f"plan-card {'here' if one.here else ''}")[
        h3[span(".offstage-words")[one.plan.name, ": "], span(".standing")[standing]],
        div(".field")[
            label(for_=f"name-{name}")["Name", span(".offstage-words")[f" of {one.plan.name}"]],
            input(type="text", id=f"name-{name}", name=name, form=FORM,
                  value=one.plan.name if one.key else found.state.name, maxlength=str(LONGEST_NAME),
                  autocomplete="off"),
        ],
        _held(one),
        p(class_=f"chip-line {read.verdict}")[
            span(".verdict")[verdict_words(read)], span(".ranges")[f" {counted}{limit}."]
        ],
        p(".ranges")[
            "Time: ", strong[effort_words(one.plan, "minutes")], ". Cost: ", strong[effort_words(one.plan, "cost")], "."
        ],
        _actions(found, one),
    ]  # fmt: skip


def _hidden(name: str, value: str) -> BaseElement:
    return input(type="hidden", name=name, value=value)


def _carried(found: Compared) -> list[BaseElement]:
    """All of the state but names, minutes and costs of the plans shown: these have fields of their own."""
    shown = {one.key for one in found.plans}
    state = found.state
    kept = tuple(one.without_effort() if f"k{place}" in shown else one for place, one in enumerate(state.kept, 1))
    on_page = state.plan.without_effort() if "" in shown else state.plan
    named = {key or "plan" for key in shown}
    pairs = written(replace(state.with_plan(on_page), kept=kept))
    return [_hidden(name, text) for name, text in pairs if name not in named]


def plan_cards(found: Compared) -> Node:
    """A card for every plan, and the form that all controls of the comparison belong to."""
    return [
        form(id=FORM, method="get", action="/compare")[_carried(found)],
        div(".plan-cards")[(_card(found, one) for one in found.plans)],
        p[button(type="submit", form=FORM)["Rename"]],
    ]


def _number(name: str, what: str, value: object) -> Element:
    shown = f"{value:g}" if isinstance(value, int | float) else ""
    most = f"{next(most for key, (_, most) in EFFORT.items() if name.endswith(key)):.0f}"
    return td[
        label(".offstage-words", for_=f"field-{name}")[what],
        input(type="number", id=f"field-{name}", name=name, form=FORM, value=shown, min="0", max=most, step="any",
              inputmode="decimal"),
    ]  # fmt: skip


def _rows(one: Shown) -> Iterator[Element]:
    """The entries of a plan, each with its two fields."""
    for letter, place, entry in one.plan.entries():
        name, title = f"{one.key}{letter}{place}", title_of(letter, entry)
        when = ("in all", "in all") if is_once(entry) else ("a week", "a month")
        yield tr[
            th(scope="row")[title, span(".ranges")[f" {', '.join(dict.fromkeys(when))}"] if is_once(entry) else None],
            _number(f"{name}.minutes", f"Minutes {when[0]} for {title}, {one.plan.name}", entry.get("minutes")),
            _number(f"{name}.cost", f"Cost {when[1]} of {title}, {one.plan.name}", entry.get("cost")),
        ]


def effort_tables(found: Compared) -> Node:
    """Where minutes and costs are told, a table for every plan, with their sums."""
    return [
        p[
            "The model knows no minutes and no prices. Tell what is known, in any one currency; it stands in the "
            "address alone."
        ],
        div(".effort")[
            (
                div(".scroll", tabindex="0", role="region", aria_label=f"Minutes and cost of {one.plan.name}")[
                    table[
                        thead[tr[th(scope="col")[one.plan.name], th(scope="col")["Minutes a week"],
                                 th(scope="col")["Cost a month"]]],
                        tbody[
                            _rows(one),
                            tr(".sum-row")[th(scope="row")["In all"], td[effort_words(one.plan, "minutes")],
                               td[effort_words(one.plan, "cost")]],
                        ],
                    ]
                ]
                for one in found.plans
                if one.plan.entries()
            )
        ],
        p[button(type="submit", form=FORM)["Sum it up"]],
    ]  # fmt: skip
