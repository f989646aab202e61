"""The flowchart as words: every arrow with where it is on, how sure it is, what it says, and who says so."""

from __future__ import annotations

from collections import Counter

from htpy import Element, Node, a, div, li, p, span, strong, ul

from anagen.evidence.parameters import GRADE_WORDS
from anagen.flowchart.chart import flowchart
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.mechanism import Arrow
from anagen.show.flow import HYBRID, drawn_and_folded, flow_chart
from anagen.show.numbers import listed
from anagen.show.parts import more, plain_table
from anagen.show.routes import GRADES, UNPROVEN
from anagen.show.sources import Bibliography, cited
from anagen.show.svg import rect, svg

HEAD = ("Arrow", *HYPOTHESES, "Grade", "Sources for", "Sources against")


def _name(one: Arrow) -> Node:
    """What runs where, and the sentence."""
    nodes = flowchart().nodes
    return [strong[nodes[one.tail].title], f" {one.effect} ", strong[nodes[one.head].title], div(".sum")[one.says]]


def _row(one: Arrow, bibliography: Bibliography) -> list[Node]:
    gates: list[Node] = [span(".off-word")["off"] if one.name in hypothesis.off else "on"
                         for hypothesis in HYPOTHESES.values()]  # fmt: skip
    unproven = ", unproven" if one.grade in UNPROVEN else ""
    return [
        _name(one),
        *gates,
        f"{one.grade}: {GRADE_WORDS[one.grade]}{unproven}",
        cited(one.sources_for, bibliography),
        cited(one.sources_against, bibliography),
    ]


def arrow_list(bibliography: Bibliography) -> Element:
    """Every arrow of the chart."""
    rows = [_row(one, bibliography) for one in flowchart().arrows.values()]
    return div(".breakout", id="arrows")[plain_table(f"All {len(rows)} arrows", HEAD, rows, "arrow-list", wide=True)]


def _counts_words() -> str:
    drawn, folded = drawn_and_folded()
    return (
        f"{drawn} arrows are drawn as lines (lines that run together are drawn as one); {folded} more stand inside "
        f"the box they enter or leave; all {drawn + folded} arrows are in the list below."
    )


def _says() -> str:
    return (
        "The flowchart of the model, from left to right: what you do, the body, the scalp, oxygen, the follicle, hair. "
        "Androgen runs along the top to the miniaturizing drive; inflammation and TGF-beta in the middle lead to "
        "vessels, fibrosis and calcification, these to blood flow and oxygen; magnesium enters along the bottom and "
        "acts through resistance to calcifying. The same arrows are listed in a table below."
    )


def _scrolling(drawing: Element, label: str) -> Element:
    return div(".scroll.chart.breakout", tabindex="0", role="region", aria_label=label)[drawing]


def flowchart_section(used: tuple[str, ...], bibliography: Bibliography) -> list[Node]:
    """The chart of the hybrid with every off-mark, those of the rivals folded away, and the list."""
    rivals = [one for name, one in HYPOTHESES.items() if name != HYBRID]
    return [
        p(".narrow-only")[a(href="#arrows")["The same chart as a list"], ", easier to read on a small screen."],
        _scrolling(flow_chart(HYBRID, used, _says()), "The flowchart, scrolls sideways"),
        p(".caption")[_counts_words(), " Boxes with a heavy edge are what this plan acts on." if used else ""],
        (
            more(
                f"The same chart if {one.name} holds: {len(one.off)} arrows off",
                p[one.says],
                _scrolling(flow_chart(one.name, used, f"{one.name}: {one.says} {_says()}"), f"{one.name}, the chart"),
                wide=True,
            )
            for one in rivals
        ),
        more(f"All {len(flowchart().arrows)} arrows as a list", arrow_list(bibliography), wide=True),
    ]


def grades_section() -> list[Node]:
    """How many arrows stand on what kind of evidence."""
    counts = Counter(one.grade for one in flowchart().arrows.values())
    total = sum(counts.values())
    unproven = sum(counts[grade] for grade in UNPROVEN)
    contested = [one for one in flowchart().arrows.values() if one.sources_for and one.sources_against]
    return [
        ul(".grades")[
            (
                li[
                    span(".grade-letter")[grade],
                    span(".grade-count")[str(counts[grade])],
                    span(".grade-words")[GRADE_WORDS[grade]],
                    svg(width="100%", height="10", aria_hidden="true")[
                        rect(".grade-bar", width=f"{100 * counts[grade] / max(counts.values()):.1f}%", height="10")
                    ],
                ]
                for grade in GRADES
            )
        ],
        p[
            f"Of {total} arrows, {unproven} are of grade D or E: unproven. For {len(contested)}, sources stand on both "
            f"sides: contested. The grade is that of the arrow, not of its two ends: "
            f"{listed(['calcification', 'blood flow'])} can both be real and the arrow between them still a guess."
        ],
    ]
