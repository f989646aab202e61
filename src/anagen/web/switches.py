"""What you believe: a theory to start from, the flowchart whose arrows are switches, and the same as a list."""

from __future__ import annotations

from functools import lru_cache

from htpy import Element, Node, a, button, details, div, input, label, li, option, p, select, span, summary, ul
from markupsafe import Markup

from anagen.flowchart.chart import flowchart
from anagen.flowchart.hypotheses import HYPOTHESES, Hypothesis
from anagen.mechanism import Arrow
from anagen.scenario import Scenario
from anagen.show.arrow_list import LANES, grade_words, names
from anagen.show.flow import flow_chart
from anagen.show.routes import nodes_used
from anagen.web.beliefs import DEFAULT, Belief, theories

WRITTEN = 8
"""Charts and lists that are kept as text."""
SAYS = (
    "The flowchart of the model, from left to right: what you do, the body, the scalp, oxygen, the follicle, hair. "
    "Every arrow is a switch; the same switches stand below as a list."
)


def theory_choice(belief: Belief) -> Element:
    """The list of theories, with what each says."""
    return div(".field.theory")[
        label(for_="theory")["Theory to start from"],
        select(id="theory", name="theory", data_kind="believe", aria_describedby="theory-says")[
            (
                option(value=one.name, selected=one.name == belief.theory, data_says=one.says,
                       data_off=".".join(sorted(one.off)))[
                    f"{one.title} ({len(one.off)} arrows off)" if one.off else f"{one.title} (every arrow on)"
                ]
                for one in theories().values()
            )
        ],
        p("#theory-says.hint")[theories()[belief.theory].says],
        input(type="hidden", name="flip", id="flip", value=".".join(sorted(belief.flipped))),
    ]  # fmt: skip


def chart(used: tuple[str, ...], belief: Belief) -> Element:
    """The flowchart; its script makes switches of its arrows."""
    drawn = HYPOTHESES[DEFAULT] if belief.is_default else Hypothesis("hybrid", SAYS, belief.off, start_from=DEFAULT)
    return div(".scroll.chart", tabindex="0", role="region", aria_label="The flowchart, scrolls sideways")[
        flow_chart(drawn, used, SAYS, switches=True)
    ]


def _switch(one: Arrow, belief: Belief) -> Element:
    name = f"on-{one.name}"
    return li[
        input(type="checkbox", role="switch", id=name, checked=one.name not in belief.off, data_arrow=one.name,
              data_kind="believe", autocomplete="off"),
        label(for_=name)[names(one)],
        span(".ranges")[f" {grade_words(one)}. "],
        a(href=f"/arrow/{one.name}", data_card=one.name)["Source", span(".offstage-words")[f" of {one.name}"]],
    ]  # fmt: skip


def switch_list(belief: Belief) -> Element:
    """Every arrow as a switch in a list, by where it leads."""
    chart_ = flowchart()
    every = list(chart_.arrows.values())

    def lane(name: str, words: str) -> Node:
        entering = [one for one in every if chart_.nodes[one.head].lane == name]
        return details(".arrow-lane")[
            summary[f"Into {words}: ", span[f"{len(entering)} switches"]],
            ul(".switches")[(_switch(one, belief) for one in entering)],
        ]

    return div("#switches")[(lane(name, words) for name, words in LANES.items())]


@lru_cache(maxsize=WRITTEN)
def written_chart(used: tuple[str, ...], belief: Belief) -> Markup:
    """The chart as text: half of the work of a page, and the same on most."""
    return Markup(str(chart(used, belief)))


@lru_cache(maxsize=WRITTEN)
def written_list(belief: Belief) -> Markup:
    """The list as text."""
    return Markup(str(switch_list(belief)))


def believe_section(scenario: Scenario, belief: Belief, words: Node) -> list[Node]:
    """Theories, how many arrows are off, the chart, the card, and the list."""
    return [
        theory_choice(belief),
        div(".together")[
            p("#out-believed")[words],
            button(type="button", class_="quiet", id="all-on")["Switch every arrow on"],
        ],
        written_chart(nodes_used(scenario), belief),
        p(".caption")[
            "Click an arrow, or press Space or Enter on it, to switch it; arrow keys go from one to the next. A "
            "triangle raises, a bar lowers; the letter is the grade: A and B were seen in people, D and E are unproven."
        ],
        div("#card", role="region", aria_label="The arrow that is chosen")[
            p(".hint")["Choose an arrow to see its equation, its source and who disagrees."]
        ],
        written_list(belief),
    ]
