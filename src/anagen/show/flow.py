"""The flowchart as a picture: a head says raises or lowers, weight how much, dashes how sure, dots that it is off."""

from __future__ import annotations

from htpy import Element, Node

from anagen.evidence.parameters import GRADE_WORDS
from anagen.flowchart.chart import flowchart
from anagen.flowchart.hypotheses import Hypothesis
from anagen.mechanism import Arrow
from anagen.show import layout
from anagen.show.geometry import CHIP_HEIGHT, LINE_HEIGHT, Box, Chip, Line, Rect, route
from anagen.show.heads import dash, head, pill, stem
from anagen.show.key import key
from anagen.show.marks import badge_rect, effect_of, gate, grades_of, off_in, tag_rect, tag_words
from anagen.show.numbers import coordinate, listed
from anagen.show.svg import desc, g, path, points, rect, svg, text, title, tspan
from anagen.show.weights import weight

GATES = {"on": "", "part": "part-off", "off": "off"}
"""The class of a line or chip, by how many of its arrows are on."""


def arrow_words(one: Arrow) -> str:
    """One arrow in words, with its grade."""
    return f"{one.says} Grade {one.grade}: {GRADE_WORDS[one.grade]}."


def _line(line: Line, hypothesis: Hypothesis, whole: bool, switches: bool) -> tuple[Element, Element | None]:
    """A line with its head, and apart from it (to be drawn above all lines) its grade and off-mark."""
    corners = route(layout.BOXES, line)
    if not line.arrows:
        words = "Follicles make hairs: not an arrow that can be off."
        drawn = path(".stem.solid", d=stem(corners, "raises"))
        return g(".arrow.fixed")[title[words], drawn, head(corners, "raises")], None
    how = gate(line.arrows, hypothesis)
    effect, grades = effect_of(line), grades_of(line.arrows)
    words = " ".join(arrow_words(flowchart().arrows[name]) for name in line.arrows)
    kind = "off" if how == "off" else f"{effect} {weight(line.arrows, hypothesis)}"
    kind = f"{effect} {weight(line.arrows, hypothesis)} {GATES[how]}".strip() if switches else kind
    drawn = g(class_=f"arrow {kind}", data_arrows=" ".join(line.arrows), aria_label=words if switches else None)[
        title[None if switches else _gate_words(line.arrows, hypothesis), words],
        path(class_=f"stem {dash(grades)}", d=stem(corners, effect)),
        head(corners, effect),
    ]
    labels: list[Element] = pill(badge_rect(line), grades, "grade")
    if switches:
        labels = pill(wider(badge_rect(line)), marks_of(grades), "grade")
    elif how == "off":
        labels = pill(wider(badge_rect(line)), "off", "grade")
    elif how == "part":
        labels = pill(wider(badge_rect(line)), f"{grades}*", "grade")
    elif whole and tag_words(line):
        labels += pill(tag_rect(line), tag_words(line), "tag")
    gate_class = f" {GATES[how]}" if how == "off" or (switches and how == "part") else ""
    return drawn, g(class_=f"labels{gate_class}", data_labels=" ".join(line.arrows))[labels]


def marks_of(grades: str) -> Node:
    """A grade that can be switched: with a star where some of its arrows are off, and "off" in its place where all."""
    return [tspan(".letter")[grades], tspan(".star")["*"], tspan(".off-mark")["off"]]


def _gate_words(arrows: tuple[str, ...], hypothesis: Hypothesis) -> str:
    """What is off of some arrows, before their own words."""
    how = gate(arrows, hypothesis)
    off = listed([name.replace("-", " ") for name in arrows if name in hypothesis.off])
    return {"on": "", "part": f"Off: {off}. ", "off": "Off. "}[how]


def wider(place: Rect) -> Rect:
    """The plate of a grade, made wide enough for "off" or a star."""
    return place[0] - 3, place[1], place[2] + 3, place[3]


def _glyph(chip: Chip, x: float, y: float) -> Element | None:
    """The small head before a chip's words."""
    if chip.effect is None:
        return None
    if chip.effect == "lowers":
        return path(".tee", d=points([(x + 7, y - 5), (x + 7, y + 5)]) + points([(x, y), (x + 7, y)]))
    return path(".triangle", d=points([(x, y - 4.5), (x + 8, y), (x, y + 4.5)]) + "Z")


def _chip(
    chip: Chip, box: Box, y: float, used: tuple[str, ...], hypothesis: Hypothesis, whole: bool, switches: bool
) -> Element:
    """A chip: what enters (or, behind "to", what is entered), with its grade at the right."""
    left, _, right, _ = box.rect
    how = gate(chip.arrows, hypothesis)
    star = "*" if how == "part" or (whole and off_in(chip.arrows)) else ""
    mark: Node = "off" if how == "off" else grades_of(chip.arrows) + star
    mark = marks_of(grades_of(chip.arrows)) if switches else mark
    says = " ".join(arrow_words(flowchart().arrows[name]) for name in chip.arrows)
    acts = not chip.leaves and any(flowchart().arrows[name].tail in used for name in chip.arrows)
    gate_class = f" {GATES[how]}" if how == "off" or (switches and how == "part") else ""
    label = says if switches and chip.arrows else None
    return g(class_=f"chip{gate_class}", data_arrows=" ".join(chip.arrows), aria_label=label)[
        title[None if switches else _gate_words(chip.arrows, hypothesis), says],
        rect(class_="chip-used", x=coordinate(left + 3), y=coordinate(y - CHIP_HEIGHT / 2 + 1),
             width=coordinate(right - left - 6), height=coordinate(CHIP_HEIGHT - 2), rx="4") if acts else None,
        _glyph(chip, left + 7, y),
        text(class_="chip-words", x=coordinate(left + (19 if chip.effect else 8)), y=coordinate(y + 4))[
            f"to {chip.words}" if chip.leaves else chip.words
        ],
        text(class_="chip-grade", x=coordinate(right - 6), y=coordinate(y + 4), text_anchor="end")[mark],
    ]  # fmt: skip


def _box(name: str, box: Box, used: tuple[str, ...], hypothesis: Hypothesis, whole: bool, switches: bool) -> Element:
    """A box with its words and chips."""
    acts = any(node in used for node in box.nodes)
    left, top, right, bottom = box.rect
    inside = len(box.words) * LINE_HEIGHT + len(box.chips) * CHIP_HEIGHT + (4 if box.chips else 0)
    y = (top + bottom) / 2 - inside / 2
    nodes = [flowchart().nodes[node] for node in box.nodes]
    words = [
        text(class_="box-words", x=coordinate((left + right) / 2), y=coordinate(y + 12.5 + i * LINE_HEIGHT),
             text_anchor="middle")[line]
        for i, line in enumerate(box.words)
    ]  # fmt: skip
    y += len(box.words) * LINE_HEIGHT + 4
    return g(class_=f"box {name}{' used' if acts else ''}")[
        title[listed([node.title for node in nodes])],
        rect(class_="card", x=coordinate(left), y=coordinate(top), width=coordinate(right - left),
             height=coordinate(bottom - top), rx="7"),
        words,
        (
            _chip(one, box, y + CHIP_HEIGHT * (i + 0.5), used, hypothesis, whole, switches)
            for i, one in enumerate(box.chips)
        ),
    ]  # fmt: skip


def _lanes() -> list[Element]:
    """The lanes with their names."""
    return [
        g(".lane")[
            rect(x=coordinate(left), y=coordinate(layout.LANE_TOP), width=coordinate(right - left),
                 height=coordinate(bottom - layout.LANE_TOP), rx="10"),
            text(x=coordinate((left + right) / 2), y=coordinate(layout.LANE_TOP + 22), text_anchor="middle")[words],
        ]
        for words, left, right, bottom in layout.LANES
    ]  # fmt: skip


def flow_chart(
    hypothesis: Hypothesis, used: tuple[str, ...], says: str, whole: bool = False, switches: bool = False
) -> Element:
    """The whole picture.

    Parameters
    ----------
    hypothesis : whose arrows are off, a built-in one or one of the user's own.
    used : the nodes the plan acts on, which stand out.
    says : the picture in a sentence or two.
    whole : for the chart of every arrow: with the key, and with what is off in the built-in rivals written out.
    switches : for a chart whose arrows a script switches: what tells on from off is drawn for both.
    """
    lines = [_line(line, hypothesis, whole, switches) for line in layout.LINES]
    role = "group" if switches else "img"
    return svg(class_="flow", viewBox=f"0 0 {layout.WIDTH:.0f} {layout.HEIGHT:.0f}", role=role, aria_label=says)[
        desc[says],
        _lanes(),
        (drawn for drawn, _ in lines),
        (_box(name, box, used, hypothesis, whole, switches) for name, box in layout.BOXES.items()),
        (labels for _, labels in lines),
        key() if whole else None,
    ]


def drawn_and_folded() -> tuple[int, int]:
    """How many arrows are drawn as lines, and how many stand in chips."""
    drawn = sum(len(line.arrows) for line in layout.LINES)
    return drawn, len(layout.placed()) - drawn
