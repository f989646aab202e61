"""Milligrams and percentages of a daily value on a label, held against each other: they may settle what is meant.

Where they contradict each other, the one that counts more is used.
"""

from __future__ import annotations

from anagen.intake.dailyvalue import DailyValue
from anagen.intake.label_daily import daily_value_of, others_of
from anagen.intake.label_meaning import Label, element_of
from anagen.intake.label_name import Head
from anagen.intake.label_serving import Content, Taking
from anagen.intake.label_words import Line
from anagen.intake.products import share_of
from anagen.intake.wording import figure


def milligrams_of(line: Line, head: Head, content: Content, taking: Taking) -> tuple[float, Label | None]:
    """mg in one serving and what they are of; mass, element and percentage are held against each other."""
    chosen = daily_value_of(head.of, taking.year, taking.jurisdiction, content.word)
    label = "elemental" if content.stated else taking.label
    if content.mass is None:
        assert content.percent is not None
        line.say("daily-value", "note", percent_message(content.percent, chosen, taking.year is None), chosen.source)
        return chosen.mg_of(content.percent), "elemental"
    mass = content.mass.magnitude
    if content.element is not None:
        mass, label = element_of(line, head, mass, content.element.magnitude), "elemental"
    if content.percent is None:
        return mass, label
    return _held_against(line, head, content.percent, mass, label, chosen)


def percent_message(share: float, chosen: DailyValue, open_year: bool) -> str:
    """A percentage in milligrams, in one or two sentences."""
    message = f"{figure(share)} % of {figure(chosen.mg)} mg, {chosen.place}, is {figure(chosen.mg_of(share))} mg."
    if not open_year:
        return message
    rest = ", ".join(f"{figure(one.mg_of(share))} mg by {one.place} ({figure(one.mg)} mg)" for one in others_of(chosen))
    return f"{message} It would be {rest}."


def _held_against(
    line: Line, head: Head, share: float, mass: float, label: Label | None, chosen: DailyValue
) -> tuple[float, Label | None]:
    """A mass and a percentage together: they may settle what the mass is of, or contradict each other."""
    compound = mass * share_of(head.match.product)
    readings: list[tuple[Label, float]] = [("elemental", mass), ("compound", compound)]
    for meant, milligrams in readings:
        if label not in (None, meant):
            continue
        for one in (chosen, *others_of(chosen)):
            if one.agrees(share, milligrams):
                _tell_agreement(line, share, one, chosen, (meant, head.word) if label is None else None)
                return mass, meant
    stated = mass if label != "compound" else compound
    by_percent = chosen.mg_of(share)
    larger = max(stated, by_percent)
    line.say(
        "label-contradiction",
        "caution",
        f"{figure(stated)} mg is {figure(100 * stated / chosen.mg)} % of {figure(chosen.mg)} mg ({chosen.place}), and"
        f" the label prints {figure(share)} %; the larger, {figure(larger)} mg, is counted.",
        chosen.source,
    )
    return larger, "elemental"


def _tell_agreement(
    line: Line, share: float, one: DailyValue, chosen: DailyValue, settles: tuple[str, str] | None
) -> None:
    """Say what the percentage was good for, if anything."""
    if settles is not None:
        of = f"of {settles[1]} itself" if settles[0] == "elemental" else "of the compound"
        line.say(
            "daily-value", "note", f"{figure(share)} % of {figure(one.mg)} mg tells that the mass is {of}.", one.source
        )
    elif one.record != chosen.record:
        line.say("daily-value", "note", f"{figure(share)} % is of {figure(one.mg)} mg, {one.place}.", one.source)
