"""The comparison as a page: plans side by side, what each entry adds, side effects beside the gain, minutes, money."""

from __future__ import annotations

from htpy import Element, Node, a, div, h2, p, section, strong

from anagen.evidence.sources import bibliography
from anagen.show.compare import apart, apart_list, fans, plans_table
from anagen.show.compare_bars import added_bars
from anagen.show.numbers import listed, whole
from anagen.show.parts import more
from anagen.show.side_effects import Harms, harm_sources
from anagen.show.side_effects_drawing import ADDED, LIMITS, benefit_hundred, harms_list, hundred_key
from anagen.show.sources import source_list
from anagen.web.address import address_of
from anagen.web.compare_cards import effort_tables, plan_cards
from anagen.web.compare_found import GAIN_AT, WORTH, Compared
from anagen.web.found import FULL
from anagen.web.plain import plain_page
from anagen.web.plans import MOST_PLANS


def _part(anchor: str, heading: str, *content: Node) -> Element:
    return section(f"#{anchor}.breakout.compare-part", aria_labelledby=f"{anchor}-heading")[
        h2(id=f"{anchor}-heading")[heading], content
    ]


def _opening(found: Compared) -> Node:
    """What to do here, where it is not clear yet."""
    state = found.state
    kept = len(state.kept)
    if not kept:
        lead = "No plan is kept yet: this is the one on the page. Keep it, change something there, and keep that too."
    elif kept == 1 and len(found.plans) == 1:
        lead = "One plan is kept. Change something on the page and keep that too, or copy this one and open the copy."
    else:
        lead = f"{kept} of {MOST_PLANS} plans are kept."
    own = "every arrow on" if state.belief.is_default else f"your arrows ({state.belief.title})"
    return [
        p[
            f"{lead} All are for the same person, with {own}: the same drawn people with the same luck. ",
            a(href=f"/?{address_of(state)}")["Back to the page"],
        ],
        p["The plan on the page is not shown: four are kept already. Remove one to make room."]
        if found.left_out
        else None,
    ]


def _hair(found: Compared) -> Element:
    plans = [one.expected for one in found.plans]
    last = found.horizons[-1]
    sentences = [apart(*one) for one in found.between]
    return _part(
        "hair",
        "Hair",
        plans_table([*plans, found.nothing], found.horizons),
        [p(".lead")[strong[f"At age {whole(last.age)}, run by run:"]], apart_list(sentences)] if sentences else None,
        fans(plans, found.nothing, last.age),
        p(".caption")[
            f"{FULL} runs each. Shaded: half of the runs, and 8 in 10; dashed: doing nothing. A range holds uncertain "
            "values of the model and what is not known of the person; it leaves out errors in the equations, effects "
            "without an arrow, and illness."
        ],
    )


def _items(found: Compared) -> Element:
    last = found.horizons[-1]
    return _part(
        "items",
        "What each item adds",
        p[
            f"Each plan less the same plan without the item, run by run: hairs for every 100 of today, at age "
            f"{whole(last.age)}. Bar: the median run; line: 8 in 10 runs."
        ],
        added_bars([one.expected for one in found.plans], len(found.horizons) - 1),
    )


def _holders(found: Compared) -> tuple[list[Harms], dict[str, str]]:
    """Every treatment of any plan once, and which plans hold it."""
    every: dict[str, Harms] = {}
    held: dict[str, list[str]] = {}
    for one in found.plans:
        for harm in one.harms:
            every.setdefault(harm.title, harm)
            held.setdefault(harm.title, []).append(one.plan.name + (f" ({harm.amount})" if harm.amount else ""))
    return list(every.values()), {title: f"in {listed(names)}" for title, names in held.items()}


def _harms(found: Compared) -> Element:
    """Side effects with the gain beside them, both of a hundred people."""
    harms, notes = _holders(found)
    person = found.plans[0].scenario.person
    at = found.horizons[min(GAIN_AT, len(found.horizons) - 1)]
    keys = harm_sources(harms)
    gains = [(one.plan.name, one.gain) for one in found.plans if one.plan.entries()]
    words = f"keep at least {whole(WORTH)} more of 100 hairs than by doing nothing, at age {whole(at.age)}"
    return _part(
        "side-effects",
        "Side effects, beside the gain",
        p[f"Both of 100 people. The gain is the model's, over drawn people like this one. Side effects: {ADDED}"],
        [
            p(".lead")[strong["The gain: "], f"of 100 drawn people, how many {words}."],
            div(".hundreds.gains")[(benefit_hundred(name, gain, words) for name, gain in gains)],
        ]
        if gains
        else None,
        hundred_key() if any(each.drug for one in harms for each in one.found) else None,
        harms_list(harms, person, bibliography(), notes)
        if harms
        else p["Nothing here that side effects are known of, or could be."],
        p(".caption")[LIMITS],
        more("Sources of the side effects", source_list(keys, bibliography())) if keys else None,
    )


def compare_page(found: Compared) -> str:
    """The whole page; every control on it is a link or belongs to one form."""
    return plain_page(
        "Plans compared",
        _opening(found),
        _part("plans-side-by-side", "The plans", plan_cards(found)),
        _hair(found),
        _items(found),
        _harms(found),
        _part("effort", "Minutes and money", effort_tables(found)),
        p[
            a(href=f"/compare?{address_of(found.state)}&also=theories")[
                "What every theory expects of the plan on the page"
            ]
        ],
    )
