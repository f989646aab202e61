"""The section "hair by age": one fan per hypothesis, region by region, with the numbers as a table."""

from __future__ import annotations

from htpy import Element, Node, div, figcaption, figure, h3, h4, li, p, span, strong, ul

from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.outlook.records import Outlook
from anagen.outlook.sheet import Data
from anagen.outlook.summary import named_age
from anagen.show import bands
from anagen.show.bands import Band
from anagen.show.fan import fan_chart, shared_top
from anagen.show.numbers import EN_DASH, percent, whole
from anagen.show.parts import more, plain_table
from anagen.show.svg import line, rect, svg
from anagen.show.words import has_plan

TABLE_STEP = 5
Pair = tuple[Band | None, Band]


def _pairs(data: Data, region: str, plan: bool) -> dict[str, Pair]:
    """The bands of plan (None without one) and baseline, per hypothesis."""
    return {
        name: (
            bands.band(data, bands.HAIRS, name, "plan", region) if plan else None,
            bands.band(data, bands.HAIRS, name, "baseline", region),
        )
        for name in bands.names(data, "hypothesis")
    }


def _says(name: str, region: str, pair: Pair) -> str:
    """A chart in one sentence."""
    plan, baseline = pair
    first, last = whole(float(baseline.age[0])), whole(float(baseline.age[-1]))
    start, nothing = whole(float(baseline.p50[0])), whole(float(baseline.p50[-1]))
    with_plan = "" if plan is None else f"{whole(float(plan.p50[-1]))} with the plan, "
    return (
        f"Hairs per square centimeter on the {region} if {name} holds: the median run goes from {start} at age {first} "
        f"to {with_plan}{nothing} doing nothing, at age {last}."
    )


def _charts(outlook: Outlook, region: str, pairs: dict[str, Pair], level: Element) -> Element:
    """The fans of one region side by side, on one axis."""
    weights, age = bands.weights(outlook.data), named_age(outlook.data)
    top = shared_top([band for pair in pairs.values() for band in pair if band is not None])
    says = {one.name: one.says for one in (*HYPOTHESES.values(), *outlook.hypotheses)}
    counted = {str(place): number for place, number in outlook.scenario.person.hairs_per_cm2.items()}.get(region)
    return div(".fans.breakout")[
        (
            figure[
                figcaption[
                    level[name, span(".weight")[f"weight {percent(weights[name])}"]],
                    p[says.get(name, "")],
                ],
                fan_chart(*pair, top, age, _says(name, region, pair), counted),
            ]
            for name, pair in pairs.items()
        )
    ]


def _cell(band: Band, i: int) -> Node:
    """A median with the two ranges."""
    inner = f"{whole(float(band.p25[i]))}{EN_DASH}{whole(float(band.p75[i]))}"
    outer = f"{whole(float(band.p10[i]))}{EN_DASH}{whole(float(band.p90[i]))}"
    return [strong[whole(float(band.p50[i]))], span(".ranges")[f" {inner}; {outer}"]]


def numbers_table(region: str, pairs: dict[str, Pair]) -> Element:
    """The numbers of one region's charts, every five years: median, half of the runs, 8 in 10 runs."""
    age = next(iter(pairs.values()))[1].age
    chosen = [i for i in range(len(age)) if i == 0 or float(age[i] - age[0]) % TABLE_STEP == 0]
    head: list[Node] = ["Age"]
    for name, (plan, _) in pairs.items():
        head += [f"{name}, plan", f"{name}, nothing"] if plan is not None else [name]
    rows = [
        [whole(float(age[i])), *(_cell(band, i) for pair in pairs.values() for band in pair if band is not None)]
        for i in chosen
    ]
    title = f"Hairs per cm\N{SUPERSCRIPT TWO}, {region}: median, half of the runs; 8 in 10 runs"
    return plain_table(title, head, rows, "numbers", wide=True)


def _swatch(*drawn: Element) -> Element:
    return svg(".swatch", width="30", height="14", aria_hidden="true")[drawn]


def _band_key(plan: bool) -> Element:
    """What the shades and lines are."""
    base = [("baseline-line", "doing nothing, the median run")]
    lines = [("plan-line", "the plan, the median run"), *base, ("baseline-edge", "doing nothing, 8 in 10 runs")]
    shades = [("band50", "half of the runs"), ("band80", "8 in 10 runs")]
    return ul(".key.bands")[
        (li[_swatch(rect(class_=kind, width="30", height="14")), words] for kind, words in shades),
        (
            li[_swatch(line(class_=kind, x1="0", x2="30", y1="7", y2="7")), words]
            for kind, words in (lines if plan else base)
        ),
    ]


def holds(outlook: Outlook) -> str:
    """What a band contains and what it leaves out."""
    return (
        f"A band holds {outlook.provenance.draws} runs per hypothesis: uncertain values of the model, and what is not "
        "known of this person. It leaves out errors in the equations themselves, effects the model has no arrow for, "
        "illness, and changes in the routine."
    )


def hair_by_age(outlook: Outlook) -> list[Node]:
    """The charts of the vertex, and those of the other regions folded away."""
    plan = has_plan(outlook.scenario)
    regions = bands.names(outlook.data, "region")
    pairs = {region: _pairs(outlook.data, region, plan) for region in regions}
    others = [region for region in regions if region != bands.REGION]
    return [
        h3[bands.REGION.capitalize()],
        _charts(outlook, bands.REGION, pairs[bands.REGION], h4),
        _band_key(plan),
        p(".caption")[holds(outlook)],
        more("The numbers as a table", numbers_table(bands.REGION, pairs[bands.REGION]), wide=True),
        more(
            f"The other regions: {', '.join(others)}",
            (
                [h3[region.capitalize()], _charts(outlook, region, pairs[region], h4),
                 more(f"The numbers of the {region} region", numbers_table(region, pairs[region]),
                      wide=True)]
                for region in others
            ),
            wide=True,
        ),
    ]  # fmt: skip
