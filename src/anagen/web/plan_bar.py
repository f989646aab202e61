"""On the first screen: what the plan is called, keeping it to be compared, which are kept, and its side effects.

Keeping is a plain link: the address it leads to is that of the page with one plan more. The script of the page writes
the address of the moment into it, as into every link that carries the state.
"""

from __future__ import annotations

from htpy import Element, Node, a, div, input, label, p, section, span, strong

from anagen.show.numbers import listed
from anagen.show.side_effects import harm_sentence, harms_of
from anagen.web.address import address_of, kept_pairs
from anagen.web.found import Found
from anagen.web.plans import LONGEST_NAME, MOST_PLANS
from anagen.web.state import State


def _hidden(state: State) -> list[Node]:
    """The plans that are kept, so that they travel with the form."""
    return [input(type="hidden", name=name, value=value) for name, value in kept_pairs(state)]


def _kept(state: State) -> str:
    """Which plans are kept."""
    names = [one.name for one in state.kept]
    if not names:
        return f"Up to {MOST_PLANS} plans can be kept and held side by side."
    return f"{len(names)} of {MOST_PLANS} kept: {listed(names)}."


def side_effects_line(found: Found) -> Element:
    """What is known of the side effects of this plan, in a line, with the way to all of it."""
    said = harm_sentence(harms_of(found.scenario, found.read), found.scenario.person)
    line = said or "Nothing is listed that side effects are known of, or could be."
    return p(".harm-line")[strong["Side effects of this plan: "], line]


def plan_bar(found: Found) -> Element:
    """The bar; it reads and works without a script."""
    state = found.state
    address = address_of(state)
    return section("#plan.panel.wide", aria_label="This plan, and those that are kept")[
        _hidden(state),
        div(".together")[
            label(for_="plan-name")["Plan:"],
            input(type="text", id="plan-name", name="plan", value=state.name, maxlength=str(LONGEST_NAME),
                  placeholder="a name", autocomplete="off", data_kind="name"),
            a(".button", href=f"/keep?{address}", data_keep="")["Keep this plan to compare"],
            a(href=f"/compare?{address}", data_keep="")["Compare plans"],
            span(".ranges")[_kept(state)],
        ],
        div("#out-harms")[side_effects_line(found)],
        p(".hint")[
            a(href=f"/compare?{address}#side-effects", data_keep="")["Side effects of 100 people, beside the gain"]
        ],
    ]  # fmt: skip
