"""Which amounts of a label line belong to a name: its mass, its percentage, the element in it, and what they are for.

An amount stands right behind its name, else right before it. Where a line names something for magnesium and something
for calcium, each keeps to its own part of the line.
"""

from __future__ import annotations

from dataclasses import replace

from anagen.intake.label_name import Head
from anagen.intake.label_serving import Content
from anagen.intake.label_words import HOLDS, QUIET, LabelError, Line, Token, TokenKind, unit_of
from anagen.quantities import Amount, read_amount

GIVES = {"providing", "provides", "provide", "yielding", "yields", "supplying", "supplies", "equivalent", "which"}
ELEMENTS = {"magnesium", "calcium", "elemental"}


def content_of(line: Line, head: Head, other: Head | None, basis: Amount | None) -> Content:
    """Everything the line says of one of its names; `other` is the name of the other element."""
    content = Content(basis=basis)
    mass = _belongs(line, head, other, "mass")
    share = _belongs(line, head, other, "percent")
    if mass is not None:
        line.used.add(mass)
        content.mass = line.amount(mass)
        content.stated = head.element or _says_element(line, mass, head, head.word)
        content.element = _element_mass(line, mass, head, other)
    if share is not None:
        line.used.add(share)
        content.percent, content.word = line.tokens[share].number, line.tokens[share].word
    return content


def skip(line: Line, place: int, step: int, element: str) -> int:
    """The next token, in one direction, that is not a bracket, a mark, or a word of no weight."""
    quiet = QUIET | {element, "elemental"}
    while line.kind(place) in ("open", "close", "mark") or place in line.used or line.word(place) in quiet:
        if line.kind(place) == "mark" and line.tokens[place].text not in ":-,.*\u2020\u2021|\u2022\u2013\u2014;=":
            break
        place += step
    return place


def basis_of_line(line: Line) -> Amount | None:
    """What the amounts are for: "per 2 capsules", "in 5 mL", "serving size 2 capsules", "2 capsules contain"."""
    for place in [*line.free("count"), *line.free("volume")]:
        before = _back(line, place)
        if line.word(before) == "size" and line.word(before - 1) == "serving":
            line.used |= {place, before, before - 1}
            for per in line.free("per"):
                line.used |= {per, per + 1} if line.word(per + 1) == "serving" else set[int]()
            return line.amount(place)
    for place in line.free("per"):
        found = _basis_behind(line, place)
        if found is not None:
            return found
    for place in [*line.free("count"), *line.free("volume")]:
        if line.word(place - 1) == "in" and _is_amount(line, place - 2):
            line.used |= {place, place - 1}
            return line.amount(place)
    for place in [*line.free("count"), *line.free("volume")]:
        if line.word(place + 1) in HOLDS:
            line.used |= {place, place + 1}
            return line.amount(place)
    return None


def refuse_doubtful(line: Line, mass: int) -> None:
    """A range or a multiplication is no one amount."""
    before = line.tokens[mass - 1] if mass > 0 else Token("mark", "")
    if line.kind(mass - 2) != "number" and line.kind(mass - 2) != "mass":
        return
    if before.kind == "mark" and before.text in "-\u2013\u2014":
        raise LabelError("it gives a range; write the one amount that a serving holds")
    if before.word == "x" or before.text == "\u00d7":
        raise LabelError("it multiplies an amount; paste what one tablet or one serving holds")


def _is_amount(line: Line, place: int) -> bool:
    """Whether a mass or a percentage ends at a place, what it is of aside: "400 mg of magnesium in 5 mL"."""
    while place in line.used or line.kind(place) in ("close", "mark") or line.word(place) in QUIET | ELEMENTS:
        place -= 1
    return line.kind(place) in ("mass", "percent")


def _back(line: Line, place: int) -> int:
    """The token before, marks aside."""
    place -= 1
    while line.kind(place) == "mark":
        place -= 1
    return place


def _basis_behind(line: Line, place: int) -> Amount | None:
    """The amount behind one "per"; a unit without a number is one of it."""
    behind = place + 1
    if line.kind(behind) in ("mass", "volume", "count"):
        if line.kind(behind) == "mass":
            raise LabelError(f"it gives amounts per {line.tokens[behind].text}; paste what one serving holds")
        found = line.amount(behind)
    elif line.kind(behind) == "word" and (unit := unit_of(line.word(behind))) is not None and unit[0] != "mass":
        found = replace(read_amount(f"1 {unit[1]}"), text=f"1 {'fl oz' if unit[1] == 'fl oz' else line.word(behind)}")
    else:
        return None
    line.used |= {place, behind}
    if line.word(place - 1) == "in":
        line.used.add(place - 1)
    inner = behind + 1 + (1 if line.kind(behind + 1) == "open" or line.word(behind + 1) == "of" else 0)
    if (
        found.counted == "serving"
        and found.magnitude == 1
        and line.kind(inner) in ("count", "volume")
        and inner > behind + 1
    ):
        line.used |= {inner, inner - 1}
        return line.amount(inner)
    return found


def _part(line: Line, head: Head, other: Head | None) -> range:
    """The part of the line that is a name's own: up to the other name, or from it on."""
    if other is None:
        return range(len(line.tokens))
    return range(other.end, len(line.tokens)) if other.start < head.start else range(other.start)


def _belongs(line: Line, head: Head, other: Head | None, kind: TokenKind) -> int | None:
    """Where the mass or the percentage of the named thing stands: behind it, else right before it."""
    part = _part(line, head, other)
    behind = skip(line, head.end, 1, head.word)
    for _ in range(2):
        if behind not in part:
            break
        if line.kind(behind) == kind and behind not in line.used:
            return behind
        if line.kind(behind) not in ("mass", "percent"):
            break
        behind = skip(line, behind + 1, 1, head.word)
    before = skip(line, head.start - 1, -1, head.word)
    if before not in part or line.kind(before) != kind or before in line.used:
        return None
    return None if other is not None and _claimed(line, other, before) else before


def _claimed(line: Line, other: Head, place: int) -> bool:
    """Whether the amounts from the other name up to a place are the other's own: "calcium 250 mg 19 % magnesium"."""
    ahead = skip(line, other.start - 1, -1, other.word)
    if line.kind(ahead) in ("mass", "percent"):
        return False
    behind = skip(line, other.end, 1, other.word)
    while behind < place and line.kind(behind) in ("mass", "percent"):
        behind = skip(line, behind + 1, 1, other.word)
    return behind == place


def _element_mass(line: Line, main: int, head: Head, other: Head | None) -> Amount | None:
    """The second mass of "1000 mg, providing 100 mg elemental magnesium"."""
    part = _part(line, head, other)
    for place in line.free("mass"):
        before = {line.word(_back(line, place)), line.word(_back(line, _back(line, place)))}
        if place > main and place in part and (before & GIVES or _says_element(line, place, None, head.word)):
            line.used.add(place)
            return line.amount(place)
    return None


def _says_element(line: Line, mass: int, head: Head | None, element: str) -> bool:
    """Whether the words beside a mass say that it is of the element itself, apart from the name it belongs to."""
    named = range(head.start, head.end) if head is not None else range(0)
    before = _back(line, mass)
    if before not in named and line.word(before) in (element, "elemental"):
        return True
    behind = mass + (2 if line.word(mass + 1) == "of" else 1)
    if behind in named:
        return False
    return line.word(behind) == "elemental" or (line.word(behind) == element and line.kind(behind + 1) != "word")
