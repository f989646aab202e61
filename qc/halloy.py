"""Blind second version of the deterministic three-phase hair cycle of Halloy and co-workers.

Written from the rate equations of the published model file (Halloy, Bernard, Loussouarn and Goldbeter,
J Theor Biol 2002, 214:469-79; BioModels MODEL1006230014): follicles pass from anagen (A) to telogen (T) to latency (L)
and back, each at a rate that is one over the mean stay. The file's fourth state (miniaturized follicles) is left out:
its rate is zero there, and its conversion term would not conserve follicles.

    dA/dt = L/mu_L - A/mu_A,   dT/dt = A/mu_A - T/mu_T,   dL/dt = T/mu_T - L/mu_L

Nothing is integrated numerically. The distance from the steady state has components summing to zero; in that plane
the generator B has eigenvalues a + w and a - w, and exp(B t) is written out in closed form.
"""

from __future__ import annotations

import cmath

Vector = tuple[float, float, float]

MEAN_STAY: Vector = (3.6, 2.4, 2.0)
START: Vector = (0.34, 0.33, 0.33)


def steady_state(mean_stay: Vector = MEAN_STAY) -> Vector:
    """Return the resting fractions, each phase's mean stay over the mean cycle."""
    cycle = sum(mean_stay)
    a, t, l_ = (stay / cycle for stay in mean_stay)
    return a, t, l_


def eigenvalues(mean_stay: Vector = MEAN_STAY) -> tuple[complex, complex]:
    """Return the two eigenvalues of the generator that are not zero, per month."""
    ka, kt, kl = (1.0 / stay for stay in mean_stay)
    trace = ka + kt + kl
    minors = ka * kt + ka * kl + kt * kl
    root = cmath.sqrt(trace * trace - 4.0 * minors)
    return (-trace + root) / 2.0, (-trace - root) / 2.0


def _generator_times(v: Vector, mean_stay: Vector) -> Vector:
    """Apply the generator matrix to a vector."""
    a, t, l_ = (x / stay for x, stay in zip(v, mean_stay, strict=True))
    return l_ - a, a - t, t - l_


def fractions(months: float, start: Vector = START, mean_stay: Vector = MEAN_STAY) -> Vector:
    """Return the A, T and L fractions after so many months, exactly.

    With d = start - total * steady state, mid = (e1 + e2)/2 and w = (e1 - e2)/2 (real or imaginary),
    exp(B t) d = exp(mid t) [cosh(w t) d + sinh(w t)/w (B - mid) d].
    """
    total = sum(start)
    rest = tuple(total * x for x in steady_state(mean_stay))
    away: Vector = (start[0] - rest[0], start[1] - rest[1], start[2] - rest[2])
    first, second = eigenvalues(mean_stay)
    mid, half = (first + second).real / 2.0, (first - second) / 2.0
    even = cmath.cosh(half * months).real
    odd = (cmath.sinh(half * months) / half).real if abs(half) * max(abs(months), 1.0) > 1e-9 else months
    pushed = _generator_times(away, mean_stay)
    decay = cmath.exp(mid * months).real
    out = [r + decay * (even * d + odd * (p - mid * d)) for r, d, p in zip(rest, away, pushed, strict=True)]
    return out[0], out[1], out[2]


if __name__ == "__main__":
    print("steady state", steady_state(), "eigenvalues", eigenvalues())
    for month in (1.0, 2.0, 5.0, 10.0):
        print(month, [round(x, 4) for x in fractions(month)])
