"""How well a route from something a person does to the hair is backed: as well as its weakest arrow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from anagen.evidence.parameters import Grade
from anagen.flowchart.chart import flowchart
from anagen.intake.calcium_spacing import calcium_alone
from anagen.mechanism import Arrow
from anagen.routine import Intake, Treatment
from anagen.scenario import Scenario

GRADES: tuple[Grade, ...] = ("A", "B", "C", "D", "E")
UNPROVEN: tuple[Grade, ...] = ("D", "E")
MAGNESIUM_NODES = ("food_magnesium", "oral_magnesium", "skin_magnesium")


@dataclass(frozen=True)
class Route:
    """The arrows from one node to the follicle, by the way whose weakest arrow is strongest."""

    start: str
    arrows: tuple[Arrow, ...]

    @property
    def weakest(self) -> Grade:
        """The grade of its weakest arrow."""
        return max(self.arrows, key=lambda one: one.grade).grade

    @property
    def unproven(self) -> tuple[Grade, ...]:
        """The grades D and E, where any of its arrows has them."""
        return tuple(grade for grade in UNPROVEN if any(one.grade == grade for one in self.arrows))


def ends() -> frozenset[str]:
    """The nodes the follicles read: those of the follicle lane that no arrow leaves."""
    chart = flowchart()
    tails = {one.tail for one in chart.arrows.values()}
    return frozenset(name for name, node in chart.nodes.items() if node.lane == "follicle" and name not in tails)


@cache
def route(start: str, off: frozenset[str] = frozenset()) -> Route | None:
    """The best-backed route from a node to the follicle, shortest where several are as good; None without one.

    `off`: names of arrows that are not taken.
    """
    leaving: dict[str, list[Arrow]] = {}
    for name, one in flowchart().arrows.items():
        if name not in off:
            leaving.setdefault(one.tail, []).append(one)
    goals = ends()
    for allowed in GRADES:
        seen, waiting = {start}, [(start, tuple[Arrow, ...]())]
        while waiting:
            here, path = waiting.pop(0)
            if here in goals and path:
                return Route(start, path)
            for one in leaving.get(here, []):
                if one.grade <= allowed and one.head not in seen:
                    seen.add(one.head)
                    waiting.append((one.head, (*path, one)))
    return None


def _intake_node(intake: Intake) -> str | None:
    """The node an intake enters by; calcium without magnesium enters by none."""
    if intake.kind in ("topical", "bath"):
        return "skin_magnesium"
    if calcium_alone(intake):
        return None
    return "food_magnesium" if intake.kind == "food" else "oral_magnesium"


def _treatment_node(treatment: Treatment) -> str | None:
    """The node a treatment enters by; a transplant moves follicles and enters by none."""
    own = {"massage": "massage_time", "botulinum": "botulinum_dose"}
    if treatment.kind == "finasteride" and treatment.route == "topical":
        return "topical_finasteride_dose"
    if treatment.kind == "minoxidil":
        return f"{treatment.route}_minoxidil_dose"
    for name in (own.get(treatment.kind, ""), f"{treatment.kind}_dose", treatment.kind):
        if name in flowchart().nodes:
            return name
    return None


def nodes_used(scenario: Scenario) -> tuple[str, ...]:
    """The nodes a plan acts on, each once, in the order it is written."""
    found = [_intake_node(one) for one in scenario.intakes] + [_treatment_node(one) for one in scenario.treatments]
    return tuple(dict.fromkeys(name for name in found if name))
