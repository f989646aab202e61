"""The side effects that are known for what a plan holds, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anagen.evidence.parameters import STATUS_WORDS
from anagen.evidence.proportions import METHOD_SOURCES, Interval
from anagen.evidence.side_effects import MAGNESIUM, SideEffect, side_effects
from anagen.routine import Person
from anagen.scenario import Scenario
from anagen.show.account import Account
from anagen.show.numbers import listed, mg, percent, whole

SWALLOWED = ("supplement", "medicine")
LAID_ON = ("topical", "bath")
NO_RATE = "no rate known from a trial"
WHO = {"male": "men", "female": "women"}
UNREAD = ("recalled", "assumed")
FINE = 10
"""Per 100: from here on a number is whole, below it has one decimal."""


@dataclass(frozen=True)
class Harms:
    """What is known of one treatment of a plan: its name, how much of it, and its side effects; none where none is."""

    treatment: str
    title: str
    amount: str
    found: tuple[SideEffect, ...]

    @property
    def rated(self) -> tuple[SideEffect, ...]:
        """Those with a rate that can be laid at its door."""
        return tuple(one for one in self.found if one.added is not None)


def _known(treatment: str, route: str, person: Person) -> tuple[SideEffect, ...]:
    """The records of one treatment: of people like this one, else of whoever was looked at."""
    every = [one for one in side_effects().values() if one.treatment == treatment and one.route == route]
    like = [one for one in every if one.who in (WHO[person.sex], "both")]
    return tuple(like or every)


def harms_of(scenario: Scenario, ledger: Account) -> tuple[Harms, ...]:
    """What is known of everything a plan holds, each treatment once; food and water are left out."""
    found: dict[tuple[str, str], Harms] = {}
    for one in scenario.treatments:
        drug = any(each.treatment == one.kind for each in side_effects().values())
        laid_on = one.route == "topical" or one.kind == "clascoterone"
        title = f"{one.kind}, {'on the scalp' if laid_on else 'by mouth'}" if drug or laid_on else one.kind
        route = "topical" if laid_on else "oral"
        found[one.kind, route] = Harms(one.kind, title, one.text, _known(one.kind, route, scenario.person))
    kinds = {line.kind for line in ledger.lines if line.counted > 0 or line.kind in LAID_ON}
    if kinds & {*SWALLOWED}:
        known = _known(MAGNESIUM, "oral", scenario.person)
        swallowed = sum(line.counted for line in ledger.lines if line.kind in SWALLOWED)
        found[MAGNESIUM, "oral"] = Harms(MAGNESIUM, "magnesium, by mouth", f"{mg(swallowed)} mg a day", known)
    if kinds & {*LAID_ON}:
        known = _known(MAGNESIUM, "topical", scenario.person)
        found[MAGNESIUM, "topical"] = Harms(MAGNESIUM, "magnesium, on the skin", "", known)
    return tuple(found.values())


def harm_sources(harms: Iterable[Harms]) -> tuple[str, ...]:
    """The keys of every source that side effects lean on, and of how their ranges are worked out."""
    found = {key for one in harms for each in one.found for key in each.sources}
    return tuple(sorted({*found, *METHOD_SOURCES})) if found else ()


def of_100(share: float) -> str:
    """A share as a number of a hundred people: "3.8", "20".

    Examples
    --------
    >>> of_100(0.0381), of_100(0.204), of_100(-0.0041), of_100(0.0)
    ('3.8', '20', '−0.4', '0')
    """
    number = 100 * share
    if abs(number) >= FINE or round(number, 1) == 0:
        return whole(number)
    return f"{number:.1f}".removesuffix(".0").replace("-", "\N{MINUS SIGN}")


def _more(added: Interval) -> str:
    """What the drug adds: "1.7 more of 100"."""
    number = of_100(abs(added.value))
    return f"{number} {'fewer' if added.value < 0 and number != '0' else 'more'} of 100"


def range_words(added: Interval) -> str:
    """The interval in words."""
    return f"{percent(0.95)} range {of_100(added.low)} to {of_100(added.high)}"


def time_words(one: SideEffect) -> str:
    """How long it was taken."""
    if one.weeks is None:
        return ""
    return f"{'at least ' if one.weeks_at_least else ''}{one.weeks:g} weeks"


def rate_sentence(one: SideEffect) -> str:
    """What was counted, and what of it the treatment added."""
    if one.drug is None:
        return f"{_capital(one.effect)}: {NO_RATE} ({one.no_rate})."
    with_drug = f"{_capital(one.effect)}: {of_100(one.drug.share.value)} of 100 with it"
    if one.placebo is None or one.added is None:
        return f"{with_drug}; {one.no_placebo}, so what it added is not known."
    return (
        f"{with_drug}, {of_100(one.placebo.share.value)} of 100 with placebo: {_more(one.added)} "
        f"({range_words(one.added)})."
    )


def where_words(one: SideEffect) -> str:
    """Who was looked at, for how long, on what dose, and how the numbers were read."""
    people = one.counted or {"men": "men", "women": "women", "both": "men and women"}[one.who]
    arms = [f"{one.drug.events} of {one.drug.n:,} {people} on {one.dose}" if one.drug else f"In {people} on {one.dose}"]
    arms += [f"{one.placebo.events} of {one.placebo.n:,} on placebo"] if one.placebo else []
    told = [listed(arms), time_words(one), STATUS_WORDS[one.status]]
    return f"{', '.join(part for part in told if part)}."


def unlike_words(one: SideEffect, person: Person) -> str:
    """That it was seen in people unlike this one; empty where it was not."""
    mine = WHO[person.sex]
    return "" if one.who in (mine, "both") else f"Seen in {one.who}; {NO_RATE} in {mine}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _line(one: Harms, person: Person) -> str:
    """The first side effect of a treatment that was counted, in short; what was read goes before what was not."""
    counted = [each for each in one.found if each.drug is not None]
    first = min(counted, key=lambda each: (each.status in UNREAD, each.added is None), default=None)
    if first is None or first.drug is None:
        return ""
    told = [first.dose, f"here {one.amount}" if one.treatment == MAGNESIUM else ""]
    told += [f"in {first.who}" if unlike_words(first, person) else ""]
    told += [STATUS_WORDS[first.status] if first.status in UNREAD else ""]
    lead = f"{one.treatment} ({', '.join(part for part in told if part)}), {first.effect}: "
    if first.added is None:
        return f"{lead}{of_100(first.drug.share.value)} of 100, placebo not known"
    return f"{lead}{_more(first.added)} than with placebo ({range_words(first.added)})"


def harm_sentence(harms: tuple[Harms, ...], person: Person) -> str:
    """All that is known of a plan in one line: the first of each treatment, and where no rate is known."""
    parts = [line for one in harms if (line := _line(one, person))]
    unknown = [one.title.replace(",", "") for one in harms if not _line(one, person)]
    if unknown:
        parts.append(f"{listed(unknown)}: {NO_RATE}")
    return f"{'; '.join(parts)}." if parts else ""
