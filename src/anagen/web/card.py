"""The card of one arrow: what it says, how sure, how strong, its equation and numbers, its sources, who disagrees."""

from __future__ import annotations

from htpy import Element, Node, a, code, details, div, h2, h3, li, p, span, strong, summary, ul

from anagen.errors import UnknownName
from anagen.evidence.moves import shipped_moves
from anagen.evidence.parameters import parameters
from anagen.flowchart.chart import flowchart
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.mechanism import Arrow
from anagen.nearest import nearest
from anagen.show.arrow_list import grade_words, names
from anagen.show.explained import ParameterLine, full_lines, parameter_line
from anagen.show.explained_equation import plain_equation
from anagen.show.explained_moves import effects_of
from anagen.show.numbers import listed


def _sources(title: str, lines: tuple[str, ...], none: str) -> list[Node]:
    return [p[strong[title]], ul[(li[line] for line in lines)] if lines else p(".none")[none]]


def _value(one: ParameterLine) -> Element:
    told = one.source or "no source"
    return li[f"{one.name.replace('_', ' ')}: {one.value} ({one.range}); {one.status}, grade {one.grade}; {told}."]


def _effect(arrow: Arrow) -> list[Node]:
    """What switching it off does, as measured for a few people beforehand."""
    found = effects_of(shipped_moves(), "off", arrow.name)
    words = [one.words for one in found.effects[:3]]
    return [p[strong["Switched off"]], ul[(li[one] for one in words)] if words else p(".none")[found.note]]


def card_of(name: str, alone: bool = False) -> Element:
    """The card, as a part of the page or `alone` on one; raises UnknownName where there is no such arrow."""
    arrows = flowchart().arrows
    if name not in arrows:
        raise UnknownName("arrow", name[:60], nearest(name, arrows))
    one, known = arrows[name], parameters()
    against = full_lines(one.sources_against)
    off = [each for each, hypothesis in HYPOTHESES.items() if name in hypothesis.off]
    contested = "Contested: sources conflict. " if one.sources_for and against else ""
    return div(".arrow-card")[
        (h2 if alone else h3)[names(one)],
        p[one.says],
        p[span(".sure")[f"Sureness {grade_words(one)}. "],
          contested, f"Off in {listed(off)}." if off else "On in every theory that is built in."],
        _effect(one),
        _sources("Source", full_lines(one.sources_for), "None: it is a hypothesis."),
        _sources("Who disagrees", against, "No source that is known here."),
        details[
            summary["Equation and numbers"],
            p[code[plain_equation(one)]],
            ul[(_value(parameter_line(known[each])) for each in one.parameters)],
            p[a(href=f"/arrow/{name}")["This card on a page of its own"]],
        ],
    ]  # fmt: skip
