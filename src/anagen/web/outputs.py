"""The parts of the page that answer: each is a piece of HTML by the id it stands under. No control is among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from htpy import Element, Node, a, div, figcaption, figure, p, span, strong

from anagen.evidence.sources import bibliography
from anagen.flowchart.chart import flowchart
from anagen.intake.wording import figure as ledger_figure
from anagen.outlook.portraits import Portraits
from anagen.outlook.records import Hairs
from anagen.outlook.touched import touched_sources
from anagen.show import layout
from anagen.show.account import Account
from anagen.show.bars import ledger_bars
from anagen.show.ledger_words import limits_sentence, skin_sentence, verdict_words
from anagen.show.numbers import percent, whole
from anagen.show.routes import nodes_used
from anagen.show.scalp import counted, density, mean_diameter, picture
from anagen.show.sources import source_list
from anagen.show.tally import findings
from anagen.show.words import evidence_sentence, hair_sentence
from anagen.web.address import address_of
from anagen.web.cause import Moved, cause_sentence
from anagen.web.curves import chart, notes, table
from anagen.web.found import FULL, Found
from anagen.web.me import unknown_sentence
from anagen.web.state import State, sample

Parts = dict[str, str]

LAID_ON = ("topical", "bath")


def answer(found: Found, moved: Moved) -> Node:
    """The answer in sentences, with numbers and grades."""
    kept, usual = found.mine.kept, None if found.usual is None else found.usual.kept
    stop = found.read.stop
    return [
        p(".big")[hair_sentence(kept, found.age, found.has_plan)],
        p(".cause")[strong[cause_sentence(kept, usual, found.age, found.has_plan, moved)]],
        p[evidence_sentence(found.scenario, found.state.belief.off)] if found.has_plan else None,
        p(".stop-words")[f"Do not use: {stop.message}"] if stop and found.read.verdict == "do_not_use" else None,
        p(".caption")[
            f"{found.draws} runs{' so far' if found.draws < FULL else ''}. {unknown_sentence(found.state.person)}"
        ],
    ]


def spoken(found: Found, moved: Moved) -> str:
    """What is announced once a control is let go."""
    kept, usual = found.mine.kept, None if found.usual is None else found.usual.kept
    cause = cause_sentence(kept, usual, found.age, found.has_plan, moved)
    return f"{hair_sentence(kept, found.age, found.has_plan)} {cause}"


def magnesium(read: Account) -> Node:
    """The two bars and the uncertain one of the skin, and what was found."""
    if not read.lines:
        return p["Nothing that holds magnesium is listed yet."]
    return [
        div(class_=read.verdict)[p(".chip-line")[span(".verdict")[verdict_words(read)]]],
        p[limits_sentence(read)],
        p[skin_sentence(read)] if skin_sentence(read) else None,
        ledger_bars(read),
        findings(read),
    ]


def echoes(read: Account) -> dict[str, Element]:
    """The arithmetic of every intake, by the id it stands under."""
    found: dict[str, Element] = {}
    for place, one in enumerate(read.lines, 1):
        eaten = one.kind not in LAID_ON  # the need is of what is eaten and drunk
        share = f", {percent(one.elemental / read.need)} of the need" if eaten and one.elemental and read.need else ""
        counts = f"; counts {ledger_figure(one.counted)} mg" if one.counted else "; does not count to the limit"
        found[f"echo-i{place}"] = span[one.arithmetic, share, counts, "."]
    return found


def _patch(hairs: Hairs) -> Element:
    arm = "with the plan" if hairs.arm == "plan" else "doing nothing"
    numbers = f"{whole(counted(hairs))} counted hairs per cm\N{SUPERSCRIPT TWO}"
    if round(density(hairs)) != round(counted(hairs)):
        numbers += f", {whole(density(hairs))} with thin ones"
    width = f"; mean width {whole(mean_diameter(hairs))} µm" if len(hairs.diameter_um) else ""
    says = f"A patch of {hairs.region} scalp at age {whole(hairs.age)}, {arm}: {numbers}{width}."
    return figure[picture(hairs, says), figcaption[strong[f"Age {whole(hairs.age)}, {arm}"], numbers, width, "."]]


def scalp(portraits: Portraits, age: float, plan: bool) -> Node:
    """The scalp at an age, the plan beside doing nothing."""
    shown = [one for one in portraits.at(age) if plan or one.arm == "baseline"]
    return [
        div(".patches")[(_patch(one) for one in shown)],
        p(".caption")["One typical run, to scale, cut at 3 mm; the same follicles stand in both pictures."],
    ]


def sources(found: Found) -> Node:
    """Every source this answer leans on."""
    last = float(found.mine.baseline.age[-1])
    keys = touched_sources(found.scenario, (found.state.belief.hypothesis(),), last)
    return [
        p[f"This answer leans on {len(keys)} sources. A value that no source gives is assumed, and says so."],
        source_list(keys, bibliography()),
    ]


def who(found: Found) -> Node:
    """Whom the page is about; the sample says that it is made up."""
    person = found.scenario.person
    sex = {"female": "woman", "male": "man"}[person.sex]
    pattern = f", pattern {person.pattern}" if person.pattern else ""
    made_up = found.state.person == sample().person
    return [
        "Sample, made up: " if made_up else None,
        f"{person.name}, {sex}, {whole(person.age)}{pattern}. ",
        a(href="#me")["Make it me"],
    ]


def believed(found: Found) -> Element:
    """How many arrows are off, and what that is called."""
    off = len(found.state.belief.off)
    words = "Every arrow is on" if not off else f"{off} {'arrow is' if off == 1 else 'arrows are'} off"
    return span[words, f" ({found.state.belief.title})."]


def fed(found: Found, letter: str, place: int) -> list[str]:
    """The arrows that are on and whose input is one entry of the plan."""
    plan = found.scenario.intakes if letter == "i" else found.scenario.treatments if letter == "t" else ()
    one = plan[place : place + 1]
    alone = replace(found.scenario, intakes=one if letter == "i" else (), treatments=one if letter == "t" else ())
    nodes = nodes_used(alone)
    return [
        name for name, each in flowchart().arrows.items() if each.tail in nodes and name not in found.state.belief.off
    ]


def used(found: Found) -> list[str]:
    """The boxes of the flowchart that the plan acts on."""
    nodes = nodes_used(found.scenario)
    return [name for name, box in layout.BOXES.items() if any(node in nodes for node in box.nodes)]


def printed(state: State, base: str) -> Element:
    """Where a sheet of paper comes from: shown in print alone."""
    return span[f"Of {date.today():%Y-%m-%d}, from {base}?{address_of(state)}"]


def quick(found: Found, moved: Moved) -> Parts:
    """What follows a moving hand."""
    return {
        "out-answer": str(div[answer(found, moved)]),
        "out-chart": str(div[chart(found)]),
        "out-notes": str(notes(found)),
        "out-believed": str(believed(found)),
    }


def full(found: Found, moved: Moved) -> Parts:
    """What is worked out when a control is let go."""
    parts = {
        "out-magnesium": str(div[magnesium(found.read)]),
        "out-who": str(span[who(found)]),
        "out-table": str(table(found)),
    }
    return quick(found, moved) | parts | {name: str(said) for name, said in echoes(found.read).items()}
