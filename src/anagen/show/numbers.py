"""Numbers as the page and the terminal write them."""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"
SMALL = 10


def whole(number: float) -> str:
    """A number without decimals and never "-0": `whole(121.6)` is "122", `whole(-0.2)` is "0".

    Examples
    --------
    >>> whole(121.6), whole(-0.2), whole(1234.0)
    ('122', '0', '1,234')
    """
    text = f"{abs(number):,.0f}"
    return MINUS + text if number < 0 and text != "0" else text


def signed(number: float) -> str:
    """A change: "+3", "0", or a minus sign before the number.

    Examples
    --------
    >>> signed(2.7), signed(0.2)
    ('+3', '0')
    """
    text = whole(number)
    return text if text == "0" or text.startswith(MINUS) else f"+{text}"


def mg(number: float) -> str:
    """Milligrams: whole from ten on, one decimal below, so that a small amount does not read as none.

    Examples
    --------
    >>> mg(405.3), mg(4.04), mg(0.0)
    ('405', '4', '0')
    """
    if abs(number) >= SMALL or number == 0:
        return whole(number)
    return f"{number:.1f}".removesuffix(".0").replace("-", MINUS)


def margin_mg(number: float) -> str:
    """Milligrams of a margin, which is a share of a limit and may end in a half: "122.5", "61.3", "350"."""
    return f"{number:,.1f}".removesuffix(".0")


def percent(fraction: float) -> str:
    """A fraction as a percentage: `percent(0.35)` is "35 %" with a narrow space that does not break."""
    return f"{whole(100 * fraction)}\N{NARROW NO-BREAK SPACE}%"


def coordinate(number: float) -> str:
    """A coordinate of a drawing: one decimal, without a useless zero, the same on every machine."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def value(number: float) -> str:
    """The value of a parameter, to four significant figures."""
    if number == 0 or not math.isfinite(number):
        return "0" if number == 0 else str(number)
    return f"{number:.4g}".replace("-", MINUS)


def listed(words: list[str] | tuple[str, ...], joint: str = "and") -> str:
    """Words as a list in a sentence.

    Examples
    --------
    >>> listed(["massage"]), listed(["finasteride", "minoxidil", "massage"])
    ('massage', 'finasteride, minoxidil and massage')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def nice_step(top: float, ticks: int = 5) -> float:
    """The step of an axis from 0 to `top` with about `ticks` round numbers: 1, 2 or 5 times a power of ten."""
    rough = max(top, 1e-9) / ticks
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999)
