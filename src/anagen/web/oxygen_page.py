"""The oxygen screen: what is asked, the cuts and numbers of a solved patch, the closure beside it, and thresholds."""

from __future__ import annotations

from urllib.parse import urlencode

from htpy import Element, Node, a, button, div, form, h2, input, label, li, nav, p, span, strong, ul

from anagen.evidence.thresholds import fingerprint, shipped_thresholds
from anagen.oxygen.scene_slices import Slice
from anagen.show.oxygen_bulb import histogram_svg
from anagen.show.oxygen_shapes import cut_figure, scrolled
from anagen.show.oxygen_slice import SliceView
from anagen.show.oxygen_thresholds import setting_sentence
from anagen.show.oxygen_thresholds_table import threshold_sentence, thresholds_table
from anagen.show.parts import plain_table
from anagen.web.oxygen_asked import EXPECTED, RANGES, Asked, severities
from anagen.web.oxygen_person import Expected
from anagen.web.oxygen_solved import Solved
from anagen.web.oxygen_words import (
    CAVEATS,
    COMPILING,
    bulb_cells,
    closure_sentence,
    expected_sentence,
    found_sentence,
    off_sentence,
    scar_hint,
    spread_sentence,
    whose,
)
from anagen.web.plain import plain_page

State = list[tuple[str, str]]
LEVEL = 5.0
"""mmHg, of the sentence on thresholds."""
BULBS = "Oxygen in the bulbs of the network that is drawn"
DEPTH_WORDS = "depth below the surface, mm"


def _address(state: State, more: list[tuple[str, str]]) -> str:
    return f"/oxygen?{urlencode([*state, *more])}"


def _choices(state: State, expected: Expected, asked: Asked) -> Element:
    """Severities as links; the one that is shown is marked."""
    who = f"As expected for {expected.name}"
    ways: list[tuple[str, Asked, list[tuple[str, str]]]] = []
    if expected.has_plan:
        ways.append((f"{who}, with the plan", expected.plan, [("severity", EXPECTED)]))
    ways.append((f"{who}, doing nothing", expected.nothing, expected.nothing.pairs))
    ways += [(name.capitalize(), one, [("severity", name)]) for name, one in severities().items()]
    return nav(".severities", aria_label="Severity")[
        ul[
            (
                li[a(href=_address(state, more), aria_current="true" if one == asked else None)[words]]
                for words, one, more in ways
            )
        ]
    ]


def _form(state: State, asked: Asked) -> Element:
    """Four numbers of one's own."""
    hints = {key: one.hint for key, one in RANGES.items()} | {"scar": scar_hint()}
    return form(".own-severity", method="get", action="/oxygen")[
        (input(type="hidden", name=name, value=value) for name, value in state),
        div(".fields")[
            (
                div(".field")[
                    label(for_=key)[f"{one.words}, {one.unit}"],
                    input(type="number", id=key, name=key, value=f"{getattr(asked, key):g}", min=f"{one.low:g}",
                          max=f"{one.high:g}", step="any", required=True, aria_describedby=f"{key}-hint"),
                    span(".hint", id=f"{key}-hint")[hints[key]],
                ]
                for key, one in RANGES.items()
            ),
        ],
        button(type="submit")["Solve"],
    ]  # fmt: skip


def _view(cut: Slice, title: str, down: str) -> SliceView:
    says = f"{title}: oxygen as colored cells from blue, none, to yellow, with the vessels near the cut."
    return SliceView(title, says, "x, mm", down, cut.po2, cut.spacing, cut.vessels, cut.bulbs, cut.uprights, cut.reach)


def _drawings(found: Solved) -> Element:
    says = "what share of their tissue has how much oxygen."
    return div(".oxygen-drawings.breakout")[
        cut_figure(_view(found.upright, "Cut upright through the bulbs", DEPTH_WORDS)),
        div[
            cut_figure(_view(found.level, "Cut level, at the depth of the bulbs", "y, mm")),
            scrolled(BULBS, histogram_svg(found.bulb_po2, BULBS, f"{BULBS}: {says}", alone=False)),
        ],
    ]


def _numbers(found: Solved) -> Element:
    head = ("The bulbs", "Mean, mmHg", "Lowest, mmHg", "Tissue below 10 mmHg", "Below 5 mmHg")
    rows: list[list[Node]] = [
        [f"Solved, mean of {len(found.each)} networks", *bulb_cells(found.mean)],
        ["Solved, the network that is drawn", *bulb_cells(found.drawn)],
        ["The model's closure", *bulb_cells(found.closure)],
    ]
    return plain_table("Oxygen of the bulbs: the solved field and the closure", head, rows, "numbers")


def _expected(state: State, expected: Expected) -> list[Node]:
    """What the model expects of this person, with links to see it solved."""
    off = off_sentence(expected)
    arms = (True, False) if expected.has_plan else (False,)
    return [
        h2["Where this person would stand"],
        (
            p[
                expected_sentence(expected, plan), " ",
                a(href=_address(state, (expected.plan if plan else expected.nothing).pairs))[
                    "Solve that, with the plan" if plan else "Solve that, doing nothing"
                ],
            ]
            for plan in arms
        ),
        p[off] if off else None,
    ]  # fmt: skip


def _thresholds() -> list[Node]:
    """The stored searches, and what they were made with."""
    runs = shipped_thresholds()
    usual = runs[len(runs) // 2]
    made = usual["provenance"]
    old = made["records"] != fingerprint()
    return [
        h2["How much it takes"],
        p[threshold_sentence(usual, LEVEL)],
        thresholds_table(runs),
        p(".caption")[
            setting_sentence(usual),
            " After the sign \N{PLUS-MINUS SIGN} stands the standard deviation over networks, under an amount the "
            f"median of all tissue. Stored with the package, made with version {made['version']}, records "
            f"{made['records']}",
            "; the records have changed since." if old else ".",
        ],
    ]


def oxygen_page(state: State, expected: Expected, asked: Asked, found: Solved | None) -> str:
    """The screen; without `found` nothing is solved yet, and it says what solving will take."""
    back = "/?" + urlencode(state) if state else "/"
    named = _address(state, [("severity", EXPECTED)])
    answer: list[Node] = (
        [p[COMPILING], p[a(href=named)["Solve it now"]]]
        if found is None
        else [p(".big")[found_sentence(found, whose(expected, asked))], p[spread_sentence(found)]]
    )
    return plain_page(
        "Oxygen at the bulb",
        p[a(href=back)["Back to the page"]],
        div(".answer-words", role="status")[answer],
        _choices(state, expected, asked),
        _form(state, asked),
        None if found is None else [_drawings(found), _numbers(found), p[closure_sentence(found)]],
        _expected(state, expected),
        _thresholds(),
        h2["What it rests on"],
        ul[(li[one] for one in CAVEATS)],
        p(".caption")[strong["None to severe"], " are even steps, set by this page, from health to the flow measured "
          "under bald scalp, 70 % of the capillaries lost, the worst calcium and the worst scarring that the model "
          "has. Nobody has measured such a scalp."],
    )  # fmt: skip
