"""The ledger as bars on one scale: all magnesium against the need, what counts against the limit, and the skin.

The bars are placed in percent of the width, so that they narrow with the page while their words keep their size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from htpy import Element, Node, div, li, p, span, strong, ul

from anagen.show.account import KIND_WORDS, Account
from anagen.show.numbers import margin_mg, mg, percent
from anagen.show.svg import circle, defs, line, pattern, rect, svg, text

BAR_TOP, BAR_HEIGHT, HEIGHT = 26, 30, 82
ABOVE, BELOW = 16, 74
ROOM = 1.06
EDGE = 22
"""Percent of the width within which a label is set inwards from its mark."""


@dataclass(frozen=True)
class Scale:
    """Milligrams as percent of the width; one scale for all bars, so that they can be compared."""

    top: float

    def __call__(self, amount: float) -> str:
        """A place or a width."""
        return f"{self.percent(amount):.2f}%"

    def percent(self, amount: float) -> float:
        """The same as a number."""
        return 100 * amount / self.top


def scale_of(ledger: Account) -> Scale:
    """A scale that holds every bar and every mark."""
    every = (sum(ledger.all_by_kind().values()), ledger.counted, ledger.limit or 0, ledger.need or 0, ledger.flux[2])
    return Scale(ROOM * max(*every, 1.0))


def patterns() -> Element:
    """The hatchings, once for the whole page."""
    return svg(".offstage", width="0", height="0", aria_hidden="true", focusable="false")[
        defs[
            pattern(id="over", width="7", height="7", patternUnits="userSpaceOnUse", patternTransform="rotate(45)")[
                line(".over-stroke", x1="0", y1="0", x2="0", y2="7")
            ],
            pattern(id="unsure", width="7", height="7", patternUnits="userSpaceOnUse")[
                rect(".unsure-ground", width="7", height="7"), circle(".unsure-dot", cx="3.5", cy="3.5", r="1.5")
            ],
        ]
    ]


def _label(scale: Scale, amount: float, y: int, words: str) -> Element:
    """Words at a mark: centered on it, or set inwards near an edge."""
    place = scale.percent(amount)
    anchor = "start" if place < EDGE else "end" if place > 100 - EDGE else "middle"
    return text(".mark-label", x=scale(amount), y=str(y), text_anchor=anchor)[words]


def _mark(scale: Scale, amount: float, words: str, below: bool = False, kind: str = "mark") -> list[Element]:
    """A line across the bar with its words above or below it."""
    top, bottom = (BAR_TOP - 3, BAR_TOP + BAR_HEIGHT + 6) if below else (BAR_TOP - 6, BAR_TOP + BAR_HEIGHT + 3)
    return [
        line(class_=kind, x1=scale(amount), x2=scale(amount), y1=str(top), y2=str(bottom)),
        _label(scale, amount, BELOW if below else ABOVE, words),
    ]


def _segments(scale: Scale, amounts: Mapping[str, float]) -> list[Element]:
    """The pieces of a bar, one behind the other."""
    drawn: list[Element] = []
    start = 0.0
    for kind, amount in amounts.items():
        drawn.append(
            rect(class_=f"piece {kind}", x=scale(start), width=scale(amount), y=str(BAR_TOP), height=str(BAR_HEIGHT))
        )
        start += amount
    return drawn


def _ground() -> Element:
    return rect(".ground", x="0", width="100%", y=str(BAR_TOP), height=str(BAR_HEIGHT))


def _bar(heading: Node, says: str, drawn: list[Element], key: Node, note: Node = None) -> Element:
    """One bar with its heading and its key."""
    return div(".bar")[
        p(".bar-heading")[heading],
        svg(class_="bar-drawing", width="100%", height=str(HEIGHT), role="img", aria_label=says)[_ground(), drawn],
        key,
        p(".bar-note")[note] if note else None,
    ]


def _key(amounts: Mapping[str, float]) -> Element:
    """What the pieces are, in the order they stand in."""
    return ul(".key")[
        (
            li[svg(".swatch", width="14", height="14", aria_hidden="true")[
                rect(class_=f"piece {kind}", width="14", height="14")
            ], f"{KIND_WORDS[kind]} ", strong[f"{mg(amount)} mg"]]
            for kind, amount in amounts.items()
        )
    ]  # fmt: skip


def _total_note(ledger: Account) -> str:
    """What the first bar does not know."""
    food = (
        "Only what the scenario lists is here; other meals are not known."
        if ledger.totals["food"] > 0
        else "No food is listed, so whether the need is met cannot be read from this bar."
    )
    return f"{food} What lies on the skin is drawn whole, though little of it may get in." if ledger.on_skin else food


def total_bar(ledger: Account, scale: Scale) -> Element:
    """Everything that holds magnesium, against the need."""
    amounts = ledger.all_by_kind()
    total = sum(amounts.values())
    drawn = _segments(scale, amounts)
    need = ""
    if ledger.need is not None:
        drawn += _mark(scale, ledger.need, f"need {mg(ledger.need)} mg")
        need = f", against a need of {mg(ledger.need)} mg"
    return _bar(
        ("All of it, food too: ", strong[f"{mg(total)} mg a day"]),
        f"All magnesium in this routine is {mg(total)} mg a day{need}.",
        drawn,
        _key(amounts),
        _total_note(ledger),
    )


def _overshoot(scale: Scale, ledger: Account) -> list[Element]:
    """The part beyond the limit, hatched, and how much it is."""
    if ledger.limit is None or ledger.counted <= ledger.limit:
        return []
    return [
        rect(".over", x=scale(ledger.limit), width=scale(ledger.counted - ledger.limit), y=str(BAR_TOP),
             height=str(BAR_HEIGHT))
    ]  # fmt: skip


def _limit_words(ledger: Account) -> tuple[Node, str]:
    """Heading and description of the second bar."""
    counted = f"{mg(ledger.counted)} mg a day"
    if ledger.limit is None:
        return ("Counted against a limit: ", strong[counted], ", no limit set"), f"{counted} counts; no limit is set."
    over = ledger.counted - ledger.limit
    standing = f"{mg(over)} mg over the limit" if over > 0 else f"{mg(-over)} mg below the limit"
    return (
        ("Counted against the limit: ", strong[counted], ", ", span(".over-words" if over > 0 else "")[standing]),
        f"{counted} is counted against a limit of {mg(ledger.limit)} mg: {standing}. "
        f"The margin is at {margin_mg(ledger.allowance or 0)} mg.",
    )


def limit_bar(ledger: Account, scale: Scale) -> Element:
    """What counts against the limit, with the limit, the margin and what is beyond."""
    amounts = ledger.counted_by_kind()
    heading, says = _limit_words(ledger)
    drawn = [*_segments(scale, amounts), *_overshoot(scale, ledger)]
    if ledger.limit is not None and ledger.allowance is not None:
        drawn += _mark(scale, ledger.limit, f"limit {mg(ledger.limit)} mg", kind="mark limit")
        margin = f"margin {margin_mg(ledger.allowance)} mg ({percent(ledger.margin)})"
        drawn += _mark(scale, ledger.allowance, margin, below=True, kind="mark margin")
    note = "The limit is for pills, medicines and what is put on; magnesium that food holds by nature never counts."
    return _bar(heading, says, drawn, _key(amounts), note)


def skin_bar(ledger: Account, scale: Scale) -> Element | None:
    """What lies on the skin against what could cross it."""
    if not ledger.skin_matters:
        return None
    low, mid, high = ledger.flux
    could = f"{mg(low)} to {mg(high)} mg"
    size = {"y": str(BAR_TOP), "height": str(BAR_HEIGHT)}
    drawn = [
        rect(".applied", x="0", width=scale(ledger.on_skin), **size),
        rect(".piece.topical", x=scale(low), width=scale(max(high - low, scale.top / 400)), **size),
        *_mark(scale, mid, f"could get in: {could}", below=True, kind="mark limit"),
        _label(scale, ledger.on_skin, ABOVE, f"counted: all {mg(ledger.on_skin)} mg") if ledger.on_skin > 0 else None,
    ]
    return _bar(
        ("Through the skin: ", strong[could], f", somewhere near {mg(mid)} mg; nobody has measured it on a scalp"),
        f"Of {mg(ledger.on_skin)} mg on the skin, {could} could get in; all of it is counted.",
        [piece for piece in drawn if piece is not None],
        None,
        "The outline is what is put on, all of which counts by the cautious rule; the dotted part is the range that "
        "studies of skin suggest.",
    )


def ledger_bars(ledger: Account) -> Element:
    """The bars of a ledger, all on one scale."""
    scale = scale_of(ledger)
    return div(".bars")[total_bar(ledger, scale), limit_bar(ledger, scale), skin_bar(ledger, scale)]
