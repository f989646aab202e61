"""The flowchart step by step, to be read by scrolling: each step switches a few more arrows on and names them."""

from __future__ import annotations

from dataclasses import dataclass

from htpy import Element, Node, a, div, h2, li, p, section, ul

from anagen.flowchart.chart import flowchart
from anagen.flowchart.hypotheses import Hypothesis
from anagen.mechanism import Arrow
from anagen.show.arrow_list import grade_words, names
from anagen.show.flow import flow_chart
from anagen.web.plain import plain_page


@dataclass(frozen=True)
class Step:
    """One step: a heading, what to see, and the nodes whose arrows out of them are shown from here on."""

    title: str
    says: str
    tails: tuple[str, ...]


STEPS = (
    Step("Hormones", "Testosterone becomes DHT, in the blood and in the scalp; drugs lower one or the other.",
         ("testosterone", "reductase_1", "reductase_2", "age", "ovaries", "androgen_production", "castration",
          "finasteride_dose", "dutasteride_dose", "topical_finasteride_dose", "spironolactone_dose")),
    Step("From DHT to the follicle", "The signal of androgens makes a follicle smaller from one cycle to the next, as "
         "far as that follicle is sensitive. This is the part that trials in people support best.",
         ("scalp_dht", "androgen_signal", "clascoterone_dose", "prostaglandin_d2", "sebaceous_size", "genetic_score",
          "miniaturizing_drive", "sensitivity", "inherited_sensitivity", "estrogen_loss")),
    Step("Tension and inflammation", "A tight scalp and inflammation of the body are said to inflame the scalp, and "
         "the scalp to answer with TGF-beta. Some of it was seen in people; much of it is contested.",
         ("galea_tension", "muscle_contraction", "massage_time", "botulinum_dose", "skull_shape",
          "systemic_inflammation", "scalp_inflammation", "smoking", "stress", "body_mass", "c_reactive_protein",
          "whole_food_diet")),
    Step("Fibrosis, vessels and calcium", "TGF-beta is said to scar tissue, to thin out vessels and to let calcium "
         "settle. Nobody has measured that calcium in a scalp.", ("tgf_beta", "fibrosis", "scar", "calcification")),
    Step("Magnesium", "Magnesium from food, pills and skin reaches the blood, and there makes it harder for calcium to "
         "settle. By this way alone it could reach a hair, through steps that are unproven.",
         ("food_magnesium", "oral_magnesium", "skin_magnesium", "absorbed_magnesium", "plasma_magnesium", "t50",
          "plasma_phosphate", "glomerular_filtration")),
    Step("Blood, oxygen, and all of it", "Less flow brings less oxygen, and less oxygen is said to act on a follicle. "
         "Now every arrow is on.", ()),
)  # fmt: skip


def shown_by(step: int) -> list[list[Arrow]]:
    """The arrows that each step up to this one adds; the last step adds all that are left."""
    left = dict(flowchart().arrows)
    found: list[list[Arrow]] = []
    for place, one in enumerate(STEPS[: step + 1]):
        last = place == len(STEPS) - 1
        new = [arrow for arrow in left.values() if last or arrow.tail in one.tails]
        for arrow in new:
            del left[arrow.name]
        found.append(new)
    return found


def _step(place: int) -> Element:
    added = shown_by(place)
    on = {arrow.name for step in added for arrow in step}
    off = frozenset(flowchart().arrows) - on
    one = STEPS[place]
    says = f"Step {place + 1} of {len(STEPS)}, {one.title}: {len(on)} of {len(flowchart().arrows)} arrows are on."
    lines: list[Node] = [li[names(arrow), f". Grade {grade_words(arrow)}."] for arrow in added[-1]]
    return section(".tour-step", aria_labelledby=f"step-{place}")[
        h2(id=f"step-{place}")[f"{place + 1}. {one.title}"],
        p[one.says],
        div(".scroll.chart", tabindex="0", role="region", aria_label=f"Step {place + 1}, the chart, scrolls sideways")[
            flow_chart(Hypothesis("hybrid", one.says, off, start_from="hybrid"), (), says)
        ],
        ul(".switches")[lines],
    ]


def tour_page() -> str:
    """All steps under each other."""
    return plain_page(
        "The flowchart, step by step",
        p[
            "Every arrow is an equation with a source and a grade, and every arrow can be switched off. Dotted arrows "
            "are those of later steps. ",
            a(href="/")["Back to the page"],
        ],
        *(_step(place) for place in range(len(STEPS))),
    )
