"""Reading one pasted line of a label: "Magnesium (as magnesium citrate) 150 mg 36 % per 2 capsules".

`label_words` cuts the line into tokens, `label_name` finds the products, `label_amounts` takes what belongs to each by
the grammar of `docs/labels.md`, and `label_sums` makes an intake of it. A line may tell of magnesium, of calcium, or of
both. What was not read is listed; nothing is guessed: a number that stands where it could mean two things is an error
or a finding, and of two readings the one that counts more is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from anagen.intake.catalogue import exact, find_own
from anagen.intake.dailyvalue import DailyValue
from anagen.intake.label_amounts import ELEMENTS, GIVES, basis_of_line, content_of, refuse_doubtful, skip
from anagen.intake.label_daily import daily_value_of
from anagen.intake.label_name import Head, head_of, kinds_of, name_at, refuse_unnamed, runs
from anagen.intake.label_percent import percent_message
from anagen.intake.label_serving import Content, Taking, by_serving, times
from anagen.intake.label_sums import calcium_rate, intake_of
from anagen.intake.label_words import QUIET, LabelError, Line, tokens_of
from anagen.intake.own_products import own_product
from anagen.intake.products import Product
from anagen.intake.salts import Element
from anagen.intake.wording import figure, percent
from anagen.quantities import Amount, QuantityError
from anagen.routine import Intake, Kind, OwnProduct, Remark

__all__ = ["LONGEST_LABEL", "LabelError", "LabelReading", "Taking", "read_label", "read_percent"]

LONGEST_LABEL = 300
SHOWN_WORDS = 12  # of those that were not read


@dataclass(frozen=True)
class LabelReading:
    """A line as it was read: the intake, the words that were not read, and what there is to say about it."""

    intake: Intake
    unread: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Named:
    """A name of the line with what the line says of it."""

    head: Head
    content: Content

    @property
    def weighed(self) -> bool:
        """Whether an amount above nothing is given."""
        return bool(self.content.percent) or (self.content.mass is not None and self.content.mass.magnitude > 0)

    @property
    def of_known_content(self) -> bool:
        """Whether a volume or a number of it is enough."""
        product = self.head.match.product
        return product.named_mg_per_ml is not None or product.bulk or product.tablet_mass_mg is not None


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
        Where neither magnesium nor calcium or no amount of it is found, or an amount could mean two things.

    Examples
    --------
    >>> reading = read_label("Magnesium (as magnesium citrate) 150 mg 36 % per 2 capsules")
    >>> reading.intake.product, reading.intake.amount.text, reading.intake.unit_mass_mg, reading.unread
    ('magnesium citrate', '2 capsules', 75.0, ())
    >>> read_label("Calcium 250 mg, magnesium 125 mg per 2 tablets").intake.calcium_per_amount
    125.0
    """
    taking = taking or Taking()
    if not isinstance(text, str) or not text.strip():
        raise LabelError(
            'write the line of the label, such as "Magnesium (as magnesium citrate) 150 mg per 2 capsules"'
        )
    if len(text) > LONGEST_LABEL:
        raise LabelError(f"it is longer than {LONGEST_LABEL} characters; paste the one line about magnesium")
    try:
        line = Line(tokens_of(text), kind is not None)
        intake = _read(line, kind, taking)
    except LabelError:
        raise
    except QuantityError as error:
        raise LabelError(str(error)) from None
    unread = _unread(line)
    written = "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))
    intake = replace(intake, label_text=written, remarks=tuple(line.remarks))
    return LabelReading(intake, unread, tuple(remark.message for remark in line.remarks))


def read_percent(share: float, product: str, kind: Kind, taking: Taking) -> Intake:
    """A percentage of the daily value, as an intake of the element itself.

    Parameters
    ----------
    share : such as 25; product, kind : what it stands on; taking : how much is taken, and whose daily value it is.
    """
    chosen = daily_value_of(_element_of(product, kind, taking.own), taking.year, taking.jurisdiction)
    base = Intake(kind, product, Amount("", 0.0, "mass"), label="elemental", own=find_own(kind, product, taking.own))
    intake, _ = by_serving(base, chosen.mg_of(share), Content(percent=share), taking)
    if intake.amount.kind == "mass":
        intake = replace(intake, amount=_shown_percent(intake.amount, share, chosen))
    remark = Remark("daily-value", "note", percent_message(share, chosen, taking.year is None), (chosen.source,))
    return replace(intake, remarks=(remark,))


def _shown_percent(amount: Amount, share: float, chosen: DailyValue) -> Amount:
    """An amount that shows the percentage it was worked out from."""
    ratio = amount.magnitude / chosen.mg_of(share) if share > 0 else 1.0
    return times(Amount(f"{percent(share / 100)} of {figure(chosen.mg)} mg", chosen.mg_of(share), "mass"), ratio)


def _element_of(product: str, kind: Kind, own: tuple[OwnProduct, ...]) -> Element:
    """The element that the label of a product speaks of; magnesium where it is unknown."""
    mine = find_own(kind, product, own)
    found = own_product(mine) if mine is not None else exact(kind, product)
    return found.element if isinstance(found, Product) else "Mg"


def _read(line: Line, kind: Kind | None, taking: Taking) -> Intake:
    """The intake of a line: of its magnesium, with the calcium beside it; of its calcium where that is all."""
    kinds = kinds_of(kind, line.tokens)
    magnesium, calcium = head_of(line, kinds, taking.own, "Mg"), head_of(line, kinds, taking.own, "Ca")
    if magnesium is None and calcium is None:
        raise refuse_unnamed(line, kinds)
    basis = basis_of_line(line)
    for place in line.free("mass"):
        refuse_doubtful(line, place)
    first = None if magnesium is None else _Named(magnesium, content_of(line, magnesium, calcium, basis))
    second = None if calcium is None else _Named(calcium, content_of(line, calcium, magnesium, basis))
    if first is None or (second is not None and second.weighed and not first.weighed and not first.of_known_content):
        first, second = _calcium_alone(line, first, second), None
    _taken(line, first)
    _refuse_two(line, first.head, second.head if second is not None else None, taking.own)
    intake, serving = intake_of(line, first.head, first.content, taking)
    if second is None:
        return intake
    if not second.weighed or serving is None:
        if first.head.match.product.calcium is None:
            line.say(
                "label-not-read", "note", "Calcium is named without an amount for what is taken; it stays unknown."
            )
        return intake
    return replace(intake, calcium_per_amount=calcium_rate(line, second.head, second.content, taking, serving))


def _calcium_alone(line: Line, magnesium: _Named | None, calcium: _Named | None) -> _Named:
    """The calcium of a line that gives no amount of magnesium."""
    assert calcium is not None
    if magnesium is not None and magnesium.content.mass is None and magnesium.content.percent is None:
        line.say("label-not-read", "note", f"{magnesium.head.match.name} is named without an amount, and left out.")
    return calcium


def _taken(line: Line, named: _Named) -> None:
    """What the line says is taken: a volume of what it gives a strength for, or of a liquid whose content is known."""
    product, content = named.head.match.product, named.content
    volumes, counts = line.free("volume"), line.free("count")
    rate = content.mass is not None and content.basis is not None and content.basis.kind == "volume"
    liquid = product.named_mg_per_ml is not None or product.bulk
    alone = content.mass is None and content.percent is None
    if len(volumes) == 1 and (rate or (alone and liquid)):
        line.used.add(volumes[0])
        content.taken = line.amount(volumes[0])
    elif alone and len(counts) == 1 and product.tablet_mass_mg is not None:
        line.used.add(counts[0])
        content.taken = line.amount(counts[0])


def _refuse_two(line: Line, head: Head, other: Head | None, own: tuple[OwnProduct, ...]) -> None:
    """A line with two amounts of two sources of one element is refused."""
    heads = {one.of: one for one in (head, other) if one is not None}
    for start, end in runs(line):
        if line.kind(skip(line, end, 1, head.word)) != "mass":
            continue
        found = name_at(line, (head.kind,), start, end, own)
        if found is not None and found[1].product.element in heads:
            first, second = heads[found[1].product.element].match.product.name, found[1].product.name
            raise LabelError(f"it gives amounts of {first} and of {second}; paste one line for each")


def _unread(line: Line) -> tuple[str, ...]:
    """The words and numbers that were not read, told in a finding: a caution where one is a number."""
    left = [
        token
        for place, token in enumerate(line.tokens)
        if place not in line.used
        and token.kind not in ("open", "close", "mark")
        and token.word not in QUIET | ELEMENTS | GIVES
    ]
    words = tuple(token.text for token in left)
    if words:
        severity: Literal["caution", "note"] = "note" if all(token.kind == "word" for token in left) else "caution"
        more = f" and {len(words) - SHOWN_WORDS} more" if len(words) > SHOWN_WORDS else ""
        listed = ", ".join(f'"{word[: SHOWN_WORDS * 2]}"' for word in words[:SHOWN_WORDS])
        line.say("label-not-read", severity, f"Not read on the label, and left out: {listed}{more}.")
    return words
