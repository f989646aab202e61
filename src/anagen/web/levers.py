"""What you do: one row of controls for every intake and treatment, and a line to type a new one.

What has a control is not told beside it as well: it would be told twice, and the one of before would stay.
"""

from __future__ import annotations

from collections.abc import Mapping

from htpy import (
    Element,
    Node,
    button,
    datalist,
    details,
    div,
    fieldset,
    input,
    label,
    legend,
    option,
    output,
    p,
    select,
    span,
    summary,
)

from anagen.web.ages import first_and_last
from anagen.web.pairs import Table, write_table
from anagen.web.row_fields import Field, fields_of, keys_of
from anagen.web.state import State
from anagen.web.typed import EXAMPLES

KIND_WORDS = {"topical": "on the skin", "bath": "bath", "food": "food", "water": "water", "supplement": "supplement",
              "medicine": "medicine"}  # fmt: skip


def _shown(table: Table, key: str) -> str:
    value = table.get(key)
    return "" if value is None else f"{value:g}" if isinstance(value, int | float) else str(value)


def title_of(letter: str, table: Table) -> str:
    """What an entry is called."""
    if letter == "t":
        return str(table.get("kind", "treatment"))
    return str(table.get("product") or table.get("label_text") or "intake")[:80]


def _how(letter: str, table: Table) -> str:
    """Route and how often, in a few words."""
    words = [KIND_WORDS.get(str(table.get("kind")), "")] if letter == "i" else []
    words += [str(table[key])[:40] for key in ("route", "region", "coating", "skin") if key in table]
    times, per = table.get("times", 1), table.get("per", "day")
    words.append(f"{times} times a {per}" if times != 1 else f"each {per}")
    return ", ".join(word for word in words if word)


def _control(name: str, one: Field, value: str, what: str) -> Element:
    """The control of one key."""
    named = f"{name}.{one.key}"
    words = label(for_=named)[one.words, span(".offstage-words")[f" ({what})"]]
    if not one.options:
        example = f"such as {one.example}" if one.example and not value else None
        return div(".field")[
            words,
            input(type="text", name=named, id=named, value=value, maxlength="300" if one.key == "label_text" else "60",
                  data_kind="do", autocomplete="off", placeholder=example),
        ]  # fmt: skip
    known = one.options if any(value == key for key, _ in one.options) else (*one.options, (value, value))
    return div(".field")[
        words,
        select(name=named, id=named, data_kind="do")[
            (option(value=key, selected=key == value)[said] for key, said in known)
        ],
    ]


def _slider(name: str, words: str, what: str, value: str, low: int, high: int, empty: str) -> Element:
    """An age slider; at its end it stands for what is usual and is not sent."""
    at = value or empty
    end = str(low - 1 if empty == str(low - 1) else high + 1)
    return div(".field.slide")[
        label(for_=f"{name}-range")[words, span(".offstage-words")[f" {what}"]],
        input(type="range", id=f"{name}-range", min=str(min(low, int(end))), max=str(max(high, int(end))), step="1",
              value=at, data_kind="do", data_for=name, data_empty=empty,
              data_words="today" if empty == str(low - 1) else "never", aria_valuetext=_said(value, empty, low)),
        input(type="hidden", name=name, id=name, value=value),
        output(for_=f"{name}-range", id=f"{name}-said")[_said(value, empty, low)],
    ]  # fmt: skip


def _said(value: str, empty: str, low: int) -> str:
    if value:
        return f"age {value}"
    return "today" if empty == str(low - 1) else "never"


def _correct(controls: list[Element], what: str, is_open: bool) -> Element | None:
    """What is seldom corrected, folded away; open where something of it is told."""
    if not controls:
        return None
    return details(".correct", open=is_open)[
        summary["Correct it", span(".offstage-words")[f": {what}"]], div(".fields")[controls]
    ]


def row(letter: str, place: int, table: Table, age: float, echo: Node = None) -> Element:
    """The controls of one entry; the arithmetic of an intake is echoed below them."""
    name, what = f"{letter}{place}", title_of(letter, table)
    rest = {key: value for key, value in table.items() if key not in keys_of(letter, table)}
    today, last = first_and_last(age)
    every = fields_of(letter, table)
    shown, folded = ([_control(name, one, _shown(table, one.key), what) for one in every if one.folded is which]
                     for which in (False, True))  # fmt: skip
    told = any(one.key in table for one in every if one.folded and one.key != "product")
    return fieldset(".row", id=f"row-{name}", data_row=name)[
        legend[what, " ", span(".ranges")[_how(letter, table)]],
        input(type="hidden", name=name, value=write_table(rest)),
        div(".fields")[shown] if shown else None,
        div(".fields")[
            _slider(f"{name}.from_age", "Start", what, _shown(table, "from_age"), today + 1, last, str(today)),
            _slider(f"{name}.to_age", "Stop at", what, _shown(table, "to_age"), today + 1, last, str(last + 1)),
            button(type="button", class_="quiet", data_remove=name)["Remove", span(".offstage-words")[f" {what}"]],
        ],
        _correct(folded, what, told),
        output(".echo", id=f"echo-{name}")[echo] if letter == "i" else None,
    ]  # fmt: skip


def add_line() -> Element:
    """The line to type into."""
    known = ("mag citrate 500", "magnesium oil 10 sprays", "epsom bath weekly", "almonds handful", "minoxidil 5 %",
             "finasteride 1 mg", "massage 4 min", "microneedling weekly")  # fmt: skip
    return div(".add")[
        label(for_="add")["Add what you take, put on, or do"],
        div(".together")[
            input(type="text", id="add", name="add", list="add-known", maxlength="160", autocomplete="off",
                  aria_describedby="add-hint", enterkeyhint="done"),
            button(type="submit", id="add-go")["Add"],
        ],
        datalist(id="add-known")[(option(value=one) for one in known)],
        p("#add-hint.hint")[f"Such as: {EXAMPLES}."],
        p("#add-said.said", role="alert"),
    ]  # fmt: skip


def rows(state: State, age: float, echoes: Mapping[str, Node]) -> Node:
    """Every row, treatments first, and what the person described unseen."""
    return [
        div("#rows")[
            (row("t", place, table, age) for place, table in enumerate(state.treatments, 1)),
            (row("i", place, table, age, echoes.get(f"echo-i{place}")) for place, table in enumerate(state.intakes, 1)),
        ],
        (input(type="hidden", name=f"d{place}", value=write_table(one)) for place, one in enumerate(state.products, 1)),
    ]
