"""Reading one pasted line of a label: "Magnesium (as magnesium citrate) 150 mg 36 % per 2 capsules".

`label_words` cuts the line into tokens and `label_name` finds the product; what belongs to the magnesium is taken here
by the grammar of `docs/labels.md`, and `label_sums` makes an intake of it. What was not read is listed; nothing is
guessed: a number that stands where it could mean two things is an error or a finding, and of two readings the one that
counts more is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from anagen.intake.catalogue import find_own
from anagen.intake.dailyvalue import daily_value
from anagen.intake.label_name import Head, find, head_of, kinds_of, runs
from anagen.intake.label_sums import Content, Taking, by_serving, intake_of, percent_message, times
from anagen.intake.label_words import LabelError, Line, Token, TokenKind, tokens_of, unit_of
from anagen.intake.wording import figure, percent
from anagen.quantities import Amount, QuantityError, read_amount
from anagen.routine import Intake, Kind, OwnProduct, Remark

__all__ = ["LONGEST_LABEL", "LabelError", "LabelReading", "Taking", "read_label", "read_percent"]

LONGEST_LABEL = 300
SHOWN_WORDS = 12  # of those that were not read
GIVES = {"providing", "provides", "provide", "yielding", "yields", "supplying", "supplies", "equivalent", "which"}
HOLDS = {"contains", "contain", "provides", "provide", "supplies", "delivers", "has"}
QUIET = {"of", "contains", "contain", "supplement", "facts", "dietary", "amount", "to", "the", "providing"} | HOLDS
ELEMENT = {"magnesium", "elemental"}


@dataclass(frozen=True)
class LabelReading:
    """A line as it was read: the intake, the words that were not read, and what there is to say about it."""

    intake: Intake
    unread: tuple[str, ...]
    notes: tuple[str, ...]


def read_label(text: object, kind: Kind | None = None, taking: Taking | None = None) -> LabelReading:
    """Read one line of a label as an intake.

    Parameters
    ----------
    text : the line, at most 300 characters.
    kind : "supplement" or "medicine"; None to let the line tell.
    taking : how much of it is taken, and what the line leaves open; one serving where left out.

    Returns
    -------
    LabelReading
        The intake holds what there is to say as `remarks`; the ledger turns them into findings.

    Raises
    ------
    LabelError
        Where no magnesium or no amount of it is found, or an amount could mean two things.

    Examples
    --------
    >>> reading = read_label("Magnesium (as magnesium citrate) 150 mg 36 % per 2 capsules")
    >>> reading.intake.product, reading.intake.amount.text, reading.intake.unit_mass_mg, reading.unread
    ('magnesium citrate', '2 capsules', 75.0, ())
    """
    taking = taking or Taking()
    if not isinstance(text, str) or not text.strip():
        raise LabelError(
            'write the line of the label, such as "Magnesium (as magnesium citrate) 150 mg per 2 capsules"'
        )
    if len(text) > LONGEST_LABEL:
        raise LabelError(f"it is longer than {LONGEST_LABEL} characters; paste the one line about magnesium")
    try:
        line = Line(tokens_of(text))
        head = head_of(line, kinds_of(kind, line.tokens), taking.own)
        content = _content(line, head)
        _refuse_two(line, head, taking.own)
        intake = intake_of(line, head, content, taking)
    except LabelError:
        raise
    except QuantityError as error:
        raise LabelError(str(error)) from None
    unread = _unread(line)
    written = "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))
    intake = replace(intake, label_text=written, remarks=tuple(line.remarks))
    return LabelReading(intake, unread, tuple(remark.message for remark in line.remarks))


def read_percent(share: float, product: str, kind: Kind, taking: Taking) -> Intake:
    """A percentage of the daily value, as an intake of magnesium itself.

    Parameters
    ----------
    share : such as 25; product, kind : what it stands on; taking : how much is taken, and whose daily value it is.
    """
    chosen = daily_value(taking.year, taking.jurisdiction)
    base = Intake(kind, product, Amount("", 0.0, "mass"), label="elemental", own=find_own(kind, product, taking.own))
    intake = by_serving(base, chosen.mg_of(share), Content(percent=share), taking)
    remark = Remark("daily-value", "note", percent_message(share, chosen, taking.year is None), (chosen.source,))
    if intake.amount.kind == "mass":
        shown = f"{percent(share / 100)} of {figure(chosen.mg)} mg"
        ratio = intake.amount.magnitude / chosen.mg_of(share) if share > 0 else 1.0
        intake = replace(intake, amount=times(Amount(shown, chosen.mg_of(share), "mass"), ratio))
    return replace(intake, remarks=(remark,))


def _content(line: Line, head: Head) -> Content:
    """Everything the line says of its magnesium."""
    content = Content(basis=_basis(line))
    for place in line.free("mass"):
        _refuse_doubtful(line, place)
    mass = _belongs(line, head, "mass")
    share = _belongs(line, head, "percent")
    if mass is not None:
        line.used.add(mass)
        content.mass = line.amount(mass)
        content.stated = head.element or _says_element(line, mass, head)
        content.element = _element_mass(line, mass)
    if share is not None:
        line.used.add(share)
        content.percent, content.word = line.tokens[share].number, line.tokens[share].word
    _taken(line, head, content)
    return content


def _skip(line: Line, place: int, step: int) -> int:
    """The next token, in one direction, that is not a bracket, a mark, or a word of no weight."""
    while line.kind(place) in ("open", "close", "mark") or place in line.used or line.word(place) in QUIET | ELEMENT:
        if line.kind(place) == "mark" and line.tokens[place].text not in ":-,.*\u2020\u2021|\u2022\u2013\u2014;=":
            break
        place += step
    return place


def _basis(line: Line) -> Amount | None:
    """What the amounts are for: "per 2 capsules", "in each tablet", "serving size 2 capsules", "2 capsules contain"."""
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
        if line.word(place + 1) in HOLDS:
            line.used |= {place, place + 1}
            return line.amount(place)
    return None


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
            raise LabelError(f"it gives magnesium per {line.tokens[behind].text}; paste what one serving holds")
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


def _belongs(line: Line, head: Head, kind: TokenKind) -> int | None:
    """Where the mass or the percentage of the named thing stands: behind it, else right before it."""
    behind = _skip(line, head.end, 1)
    for _ in range(2):
        if line.kind(behind) == kind and behind not in line.used:
            return behind
        if line.kind(behind) not in ("mass", "percent"):
            break
        behind = _skip(line, behind + 1, 1)
    before = _skip(line, head.start - 1, -1)
    return before if before >= 0 and line.kind(before) == kind and before not in line.used else None


def _element_mass(line: Line, main: int) -> Amount | None:
    """The second mass of "1000 mg, providing 100 mg elemental magnesium"."""
    for place in line.free("mass"):
        before = {line.word(_back(line, place)), line.word(_back(line, _back(line, place)))}
        if place > main and (before & GIVES or _says_element(line, place, None)):
            line.used.add(place)
            return line.amount(place)
    return None


def _says_element(line: Line, mass: int, head: Head | None) -> bool:
    """Whether the words beside a mass say that it is of magnesium itself, apart from the name it belongs to."""
    named = range(head.start, head.end) if head is not None else range(0)
    before = _back(line, mass)
    if before not in named and line.word(before) in ELEMENT:
        return True
    behind = mass + (2 if line.word(mass + 1) == "of" else 1)
    if behind in named:
        return False
    return line.word(behind) == "elemental" or (line.word(behind) == "magnesium" and line.kind(behind + 1) != "word")


def _refuse_doubtful(line: Line, mass: int) -> None:
    """A range or a multiplication is no one amount."""
    before = line.tokens[mass - 1] if mass > 0 else Token("mark", "")
    if line.kind(mass - 2) != "number" and line.kind(mass - 2) != "mass":
        return
    if before.kind == "mark" and before.text in "-\u2013\u2014":
        raise LabelError("it gives a range; write the one amount that a serving holds")
    if before.word == "x" or before.text == "\u00d7":
        raise LabelError("it multiplies an amount; paste what one tablet or one serving holds")


def _taken(line: Line, head: Head, content: Content) -> None:
    """What the line says is taken: a volume of what it gives a strength for, or of a liquid whose content is known."""
    product, volumes, counts = head.match.product, line.free("volume"), line.free("count")
    rate = content.mass is not None and content.basis is not None and content.basis.kind == "volume"
    liquid = product.elemental_mg_per_ml is not None or product.bulk
    alone = content.mass is None and content.percent is None
    if len(volumes) == 1 and (rate or (alone and liquid)):
        line.used.add(volumes[0])
        content.taken = line.amount(volumes[0])
    elif alone and len(counts) == 1 and product.tablet_mass_mg is not None:
        line.used.add(counts[0])
        content.taken = line.amount(counts[0])


def _refuse_two(line: Line, head: Head, own: tuple[OwnProduct, ...]) -> None:
    """A line with two amounts of two sources of magnesium is refused."""
    for start, end in runs(line):
        if line.kind(_skip(line, end, 1)) != "mass":
            continue
        found = find((head.kind,), [line.word(place) for place in range(start, end)], own)
        if found is not None:
            first, second = head.match.product.name, found[1].product.name
            raise LabelError(f"it gives amounts of {first} and of {second}; paste one line for each")


def _unread(line: Line) -> tuple[str, ...]:
    """The words and numbers that were not read, told in a finding: a caution where one is a number."""
    left = [
        token
        for place, token in enumerate(line.tokens)
        if place not in line.used
        and token.kind not in ("open", "close", "mark")
        and token.word not in QUIET | ELEMENT | GIVES
    ]
    words = tuple(token.text for token in left)
    if words:
        severity: Literal["caution", "note"] = "note" if all(token.kind == "word" for token in left) else "caution"
        more = f" and {len(words) - SHOWN_WORDS} more" if len(words) > SHOWN_WORDS else ""
        listed = ", ".join(f'"{word[: SHOWN_WORDS * 2]}"' for word in words[:SHOWN_WORDS])
        line.say("label-not-read", severity, f"Not read on the label, and left out: {listed}{more}.")
    return words
