"""Exponential, logarithm and quantiles in single precision, from additions, products and bits alone.

Both engines use these very functions: numpy calls them with arrays, numba compiles them. Every operation in them is
exact by IEEE 754, so both engines, and every processor, find the same last bit. A library's own `exp` may differ.

    exp(x) = 2^n e^r,  n = floor(x log2(e) + 1/2),  |r| <= log(2)/2,  e^r by a polynomial (Cephes)
    log(x) = n log(2) + log(m),  x = m 2^n,  1/sqrt(2) <= m < sqrt(2), log(m) by a polynomial (Cephes)

Both are right to 2e-7 of the value. A quantile function is a table over 32-bit random words, linear between knots that
stand 64 to the octave of the probability of the nearer tail, so that tails are as fine as the middle.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

HALF, ONE = np.float32(0.5), np.float32(1)
LOWEST, HIGHEST = np.float32(-80), np.float32(80)
LOG2_E, LOG_2_HIGH, LOG_2_LOW = np.float32(1.44269504), np.float32(0.693359375), np.float32(-2.12194440e-4)
EXP_0, EXP_1, EXP_2 = np.float32(1.9875691500e-4), np.float32(1.3981999507e-3), np.float32(8.3334519073e-3)
EXP_3, EXP_4, EXP_5 = np.float32(4.1665795894e-2), np.float32(1.6666665459e-1), np.float32(5.0000001201e-1)
LOG_0, LOG_1, LOG_2 = np.float32(7.0376836292e-2), np.float32(-1.1514610310e-1), np.float32(1.1676998740e-1)
LOG_3, LOG_4, LOG_5 = np.float32(-1.2420140846e-1), np.float32(1.4249322787e-1), np.float32(-1.6668057665e-1)
LOG_6, LOG_7, LOG_8 = np.float32(2.0000714765e-1), np.float32(-2.4999993993e-1), np.float32(3.3333331174e-1)
ROOT_HALF_BITS = np.uint32(0x3F3504F3)
MANTISSA_BITS = np.uint32(23)
BIAS = np.int32(127)

OCTAVES, KNOT_BITS = 32, 6
KNOTS = OCTAVES << KNOT_BITS  # between the smallest probability and one half
HALF_TABLE = KNOTS + 2  # the last knot is one half; one more for a word that rounds up to it
KNOT_SHIFT = np.uint32(int(MANTISSA_BITS) - KNOT_BITS)
FIRST_KNOT = np.uint32((int(BIAS) - 1) << KNOT_BITS)  # of the word 0, whose probability is half a step
WITHIN = np.uint32((1 << int(KNOT_SHIFT)) - 1)
WITHIN_UNIT = np.float32(1 / (1 << int(KNOT_SHIFT)))
UPPER = np.uint32(HALF_TABLE)
SIGN_SHIFT = np.int32(31)
WORD = 2.0**-32


def bits_of(x: Any) -> Any:
    """The 32 bits of single-precision numbers (the compiled engine has its own of these three)."""
    return x.view(np.uint32)


def float_of(bits: Any) -> Any:
    """The single-precision numbers of 32 bits."""
    return bits.view(np.float32)


def within(x: Any, low: Any, high: Any) -> Any:
    """x, but no lower than low and no higher than high."""
    return np.minimum(np.maximum(x, low), high)


def exp32(x: Any) -> Any:
    """e^x in single precision; x is held to -80 ... 80."""
    x = within(x, LOWEST, HIGHEST)
    whole = np.floor(x * LOG2_E + HALF)
    r = x - whole * LOG_2_HIGH
    r = r - whole * LOG_2_LOW
    y = ((((EXP_0 * r + EXP_1) * r + EXP_2) * r + EXP_3) * r + EXP_4) * r + EXP_5
    y = y * (r * r) + r + ONE
    return y * float_of(np.uint32(np.uint32(np.int32(whole) + BIAS) << MANTISSA_BITS))


def log32(x: Any) -> Any:
    """Natural logarithm of normal positive x, in single precision."""
    # n counts from the root of one half, so that the mantissa lies between the roots of 1/2 and 2
    n = np.int32(np.uint32(bits_of(x) - ROOT_HALF_BITS)) >> np.int32(MANTISSA_BITS)
    m = float_of(np.uint32(bits_of(x) - np.uint32(np.uint32(n) << MANTISSA_BITS))) - ONE
    square = m * m
    y = (((LOG_0 * m + LOG_1) * m + LOG_2) * m + LOG_3) * m + LOG_4
    y = (((y * m + LOG_5) * m + LOG_6) * m + LOG_7) * m + LOG_8
    y = y * m * square
    whole = np.float32(n)
    y = y + whole * LOG_2_LOW
    y = y - HALF * square
    return m + y + whole * LOG_2_HIGH


def knot_of(word: Any) -> tuple[Any, Any]:
    """Where a random word (uint32) falls in a quantile table: the knot before it, and how far on to the next."""
    upper = np.uint32(np.int32(word) >> SIGN_SHIFT)  # all bits set in the upper half
    tail = np.float32(np.int32(word ^ upper)) + HALF
    bits = bits_of(tail)
    knot = np.uint32(np.uint32(bits >> KNOT_SHIFT) - FIRST_KNOT) + np.uint32(upper & UPPER)
    return np.uint32(knot), np.float32(np.int32(bits & WITHIN)) * WITHIN_UNIT


def quantile_of(word: Any, table: Any) -> Any:
    """The value of a quantile table at the probability (word + 1/2) / 2^32."""
    knot, share = knot_of(word)
    low = table[knot]
    return low + (table[knot + np.uint32(1)] - low) * share


def knot_probabilities() -> NDArray[np.float64]:
    """The probabilities of the knots, shape (2 HALF_TABLE,): rising to one half, then those of the upper tail."""
    octave, step = np.divmod(np.arange(HALF_TABLE), 1 << KNOT_BITS)
    tail = 2.0 ** (octave - 1.0) * (1 + step / (1 << KNOT_BITS)) * WORD
    tail = np.minimum(tail, 1 / 2)
    return np.concatenate([tail, 1 - tail])
