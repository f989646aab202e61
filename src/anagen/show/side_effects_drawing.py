"""Side effects as hundreds of people: with the drug beside with placebo, and what the drug added told apart.

Each hundred is ten rows of ten. Of the people with the drug, as many as had it on placebo are drawn alike; the rest,
what the drug added, is darker and has a mark of its own, so that no color is needed to read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from htpy import Element, Node, div, figcaption, figure, h3, li, p, span, strong, ul

from anagen.evidence.side_effects import SideEffect
from anagen.routine import Person
from anagen.show.side_effects import NO_RATE, Harms, rate_sentence, unlike_words, where_words
from anagen.show.sources import Bibliography, cited
from anagen.show.svg import Point, path, svg

ACROSS, APART = 10, 12
SIDE = ACROSS * APART
CROSS = 2.4
"""Half of the length of the strokes that mark a person to whom the treatment added it."""
NOTHING_TOLD: Mapping[str, str] = {}


def _centers(places: range) -> list[Point]:
    return [((place % ACROSS + 0.5) * APART, (place // ACROSS + 0.5) * APART) for place in places]


def _dots(places: range) -> str:
    """Dots as a path without length, drawn by round caps."""
    return "".join(f"M{x:g} {y:g}h0" for x, y in _centers(places))


def _people(kind: str, places: range) -> list[Element]:
    """Some of a hundred, all of a kind: filled, filled with a cross, or empty rings."""
    if not places:
        return []
    if not kind:
        return [path(".person.ring", d=_dots(places)), path(".person.hollow", d=_dots(places))]
    drawn = [path(class_=f"person {kind}", d=_dots(places))]
    if kind == "added":
        strokes = (f"M{x - CROSS:g} {y:g}h{2 * CROSS:g}M{x:g} {y - CROSS:g}v{2 * CROSS:g}" for x, y in _centers(places))
        drawn.append(path(".stroke", d="".join(strokes)))
    return drawn


def hundred(kinds: list[tuple[str, int]], says: str) -> Element:
    """A hundred people: so many of each kind first, then the rest.

    Parameters
    ----------
    kinds : classes with how many, in drawing order; what is over a hundred is left out.
    says : the drawing in words.
    """
    drawn: list[Element] = []
    first = 0
    for kind, count in [*kinds, ("", 100)]:
        last = min(first + count, 100)
        drawn += _people(kind, range(first, last))
        first = last
    return svg(class_="hundred", viewBox=f"0 0 {SIDE} {SIDE}", role="img", aria_label=says)[drawn]


def _arms(one: SideEffect) -> Node:
    """The hundreds of one side effect; without a placebo arm there is one."""
    if one.drug is None:
        return None
    with_drug, dose = round(100 * one.drug.share.value), f"with {one.treatment}"
    says = f"Of 100 people {dose}, {with_drug} had it: {one.effect}."
    if one.placebo is None:
        return [_figure(hundred([("had", with_drug)], says), with_drug, dose), _no_placebo(one)]
    without = round(100 * one.placebo.share.value)
    anyway = min(with_drug, without)
    drug = [("had", anyway), ("added", with_drug - anyway)]
    placebo = hundred([("had", without)], f"Of 100 people with placebo, {without} had it: {one.effect}.")
    return [_figure(hundred(drug, says), with_drug, dose), _figure(placebo, without, "with placebo")]


def _figure(drawing: Element, count: int, words: str) -> Element:
    return figure[drawing, figcaption[strong[str(count)], f" of 100 {words}"]]


def _no_placebo(one: SideEffect) -> Element:
    return p(".no-arm")[strong["Placebo: not known. "], one.no_placebo[:1].upper(), one.no_placebo[1:], "."]


def effect_card(one: SideEffect, person: Person, bibliography: Bibliography) -> Element:
    """One side effect: what was counted, drawn and in words, where it stands, and whether it is disputed."""
    unlike = unlike_words(one, person)
    return li(class_="harm")[
        div(".hundreds")[_arms(one)] if one.drug else None,
        div(".harm-words")[
            p[strong[rate_sentence(one)]],
            p(".unlike")[unlike] if unlike else None,
            p(".where")[where_words(one), " Source: ", cited(one.sources, bibliography), "."],
            p(".where")[strong["Contested. "], one.contested] if one.contested else None,
        ],
    ]


def harms_list(
    harms: Iterable[Harms], person: Person, bibliography: Bibliography, notes: Mapping[str, str] = NOTHING_TOLD
) -> Node:
    """Every treatment with its side effects; the page has a list of their sources.

    Parameters
    ----------
    notes : a line under the heading of a treatment, such as which plans hold it, by title.
    """
    return [
        (
            h3[
                one.title[:1].upper() + one.title[1:],
                span(".ranges")[f" {notes[one.title]}"] if one.title in notes else None,
            ],
            ul(".harms")[(effect_card(each, person, bibliography) for each in one.found)]
            if one.found
            else p[f"{NO_RATE[:1].upper()}{NO_RATE[1:]}. That does not mean none."],
        )
        for one in harms
    ]


def hundred_key() -> Element:
    """What the dots are."""
    rows = (
        ("had", "had it, on placebo as well"),
        ("added", "had it, and the treatment added it"),
        ("", "did not have it"),
    )
    return ul(".key.people")[
        (
            li[
                svg(".swatch", width="14", height="14", viewBox="0 0 12 12", aria_hidden="true")[
                    _people(kind, range(1))
                ],
                words,
            ]
            for kind, words in rows
        )
    ]


LIMITS = (
    "A trial counts people unlike this one, on one dose, for some weeks; rare and late harm is missed. What is "
    "\u201crecalled, unchecked\u201d was not read in its source. The rate of two treatments together is not the sum of "
    "theirs."
)
ADDED = (
    "counted in trials, with the drug and with placebo. What the drug added is the one less the other; the "
    "95\u202f% range is Newcombe's."
)


def harms_section(harms: tuple[Harms, ...], person: Person, bibliography: Bibliography) -> list[Node]:
    """The section of a report; the page has a list of sources."""
    if not harms:
        return [p["The plan holds nothing that side effects are known of, or could be."]]
    counted = any(each.drug for one in harms for each in one.found)
    return [
        p[ADDED[:1].upper(), ADDED[1:]] if counted else None,
        hundred_key() if counted else None,
        harms_list(harms, person, bibliography),
        p(".caption")[LIMITS],
    ]


def benefit_hundred(name: str, of_hundred: float, words: str) -> Element:
    """The same hundred for what a plan keeps: how many of the drawn people gain something worth naming."""
    count = round(of_hundred)
    drawing = hundred([("kept", count)], f"Of 100 drawn people with the plan {name}, {count} {words}.")
    return figure[drawing, figcaption[strong[str(count)], " of 100 with ", strong[name]]]
