"""`simulate`: the outlook as one labeled data set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import value
from anagen.flowchart.hypotheses import Hypothesis, chosen
from anagen.follicle.census import Wanted
from anagen.outlook.grafts_count import counted
from anagen.outlook.simulate import EARLIEST_AGE, MONTHS, Frame, Scalp, between, in_blocks, scalp_of
from anagen.outlook.standing import choose, sightings
from anagen.routine import REGIONS
from anagen.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

DRAWS = 200
FOLLICLES = 64
BLOCK = 100
YEARS_AHEAD = 50
SHORTEST_LOOK = 10
LAST_AGE = 80
FINE_YEARS = 2
ARMS = ("baseline", "plan")
MM_PER_CM = 10

VARIABLES: dict[str, tuple[str, str]] = {
    "hairs_per_cm2": ("1/cm**2", "counted hairs (at least 30 um thick)"),
    "terminal_per_cm2": ("1/cm**2", "thick hairs (at least 60 um)"),
    "vellus_per_cm2": ("1/cm**2", "hairs as long, but too thin to be counted"),
    "anagen_per_cm2": ("1/cm**2", "counted hairs that grow"),
    "empty_per_cm2": ("1/cm**2", "follicles without a hair (kenogen)"),
    "diameter_um": ("um", "mean diameter of counted hairs"),
    "length_cm": ("cm", "mean length of counted hairs, never cut"),
    "longest_cm": ("cm", "mean length counted hairs reach before they are shed"),
    "mass_mg_cm2": ("mg/cm**2", "mass of counted hairs, never cut"),
    "shed_per_day_cm2": ("1/day/cm**2", "counted hairs shed, since the age before"),
    "blood_flow": ("mL/hg/min", "blood flow through the scalp"),
    "bulb_po2_mmhg": ("mmHg", "mean oxygen pressure at the bulb"),
    "fibrosis": ("", "share of tissue around follicles that is fibrotic"),
    "calcification": ("", "calcification of small vessels, 0 to 1; assumed, never measured"),
    "vessel_density": ("", "density of small vessels, 1 in a healthy 20-year-old"),
    "plasma_magnesium_mmol_l": ("mmol/L", "plasma magnesium"),
    "serum_dht": ("", "serum DHT, 1 in a healthy man of 20"),
}
FROM_COUNTS = {
    "hairs_per_cm2": "hairs",
    "terminal_per_cm2": "terminal",
    "vellus_per_cm2": "vellus",
    "anagen_per_cm2": "anagen",
    "empty_per_cm2": "empty",
    "diameter_um": "diameter",
    "length_cm": "length",
    "longest_cm": "final_length",
    "mass_mg_cm2": "mass",
    "shed_per_day_cm2": "shed",
}
LENGTHS = ("length_cm", "longest_cm")
SUMMED = frozenset({"diameter_um", *LENGTHS, "mass_mg_cm2"})
"""What is added up by the size of every hair, which takes longer than counting it."""
FROM_TISSUE = {
    "blood_flow": "blood_flow",
    "bulb_po2_mmhg": "bulb_po2",
    "fibrosis": "fibrosis",
    "calcification": "calcification",
    "vessel_density": "vessel_density",
    "plasma_magnesium_mmol_l": "plasma_magnesium",
    "serum_dht": "serum_dht",
}


@dataclass(frozen=True)
class Span:
    """The months of life that are run and those that are recorded (from today on)."""

    begin: float
    records: Indices

    @property
    def months(self) -> int:
        """The last month run."""
        return int(self.records[-1])


def span_of(age: float) -> Span:
    """From puberty (or today, for a child) to 80, at least ten years and at most fifty ahead.

    Records: today, each quarter of the first two years, then each year.
    """
    begin = min(EARLIEST_AGE, age)
    now = round((age - begin) * MONTHS)
    ahead = int(max(min(LAST_AGE - age, YEARS_AHEAD), SHORTEST_LOOK))
    quarter = MONTHS // 4
    fine = np.arange(0, FINE_YEARS * MONTHS, quarter)
    yearly = np.arange(FINE_YEARS * MONTHS, ahead * MONTHS + 1, MONTHS)
    return Span(begin, now + np.concatenate([fine, yearly]))


def _measure(
    frame: Frame, scalp: Scalp, found: Mapping[str, Floats], records: Indices, names: Sequence[str]
) -> dict[str, Floats]:
    """Variables of one frame, shape (arm, region, person, age); `found` may hold a record before the first."""
    shape = (*frame.shape[1:], records.size)
    per_cm2 = np.broadcast_to(scalp.drawn["follicle_density"], frame.shape)[0][..., np.newaxis] / frame.follicles
    run = scalp.course

    def of(name: str) -> Floats:
        return found[name][:, -records.size :].reshape(shape)

    def measured(name: str) -> Floats:
        if name in FROM_TISSUE:
            return np.moveaxis(between(run.knots, run.tissue[FROM_TISSUE[name]][:, 0], records), 0, -1)
        counted_as = FROM_COUNTS[name]
        if name == "diameter_um":
            return of(counted_as)
        if name in LENGTHS:
            return of(counted_as) / MM_PER_CM
        density = of(counted_as) * per_cm2
        return density / value("days_per_month") if name == "shed_per_day_cm2" else density

    return {name: measured(name) for name in names}


def grown(frame: Frame, scalp: Scalp, span: Span, names: Sequence[str] = tuple(VARIABLES)) -> dict[str, Floats]:
    """Grow the follicles of a frame and measure them; what is not among `names` is not worked out."""
    # one record before the first gives the first its time of shedding
    before = max(int(span.records[0]) - MONTHS, 0)
    months = span.records if before == span.records[0] else np.concatenate([[before], span.records])
    times = months.astype(np.float64)
    wanted = Wanted(sums=not SUMMED.isdisjoint(names), phases=False)
    found = counted(frame, scalp, times, wanted, threads=1)
    return _measure(frame, scalp, found, span.records, names)


def weights(log_fits: list[Floats]) -> Floats:
    """Weights of the hypotheses: equal before anything is known, then by how well each explains the person."""
    total = np.array([np.logaddexp.reduce(fits) - np.log(fits.size) for fits in log_fits])
    weight = np.exp(total - total.max())
    return weight / weight.sum()


def simulate(
    scenario: Scenario,
    draws: int = DRAWS,
    seed: int = 0,
    hypotheses: Iterable[str | Hypothesis] | None = None,
    follicles: int = FOLLICLES,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> xr.Dataset:
    """Look ahead: hair by age with the plan and without, under every hypothesis.

    Parameters
    ----------
    scenario : the person and the plan.
    draws : how many people like this one (each with its own uncertain parameters).
    seed : of every random number; the same seed gives the same bits, whatever `threads` is, and more draws
        leave the first ones as they were.
    hypotheses : names of built-in ones, and any others as `Hypothesis`; left out, all that are built in.
    follicles : simulated in each region of each drawn person.
    progress : called with (done, total) as work is done.

    Returns
    -------
    xarray.Dataset
        Dimensions hypothesis, arm ("baseline", "plan"), region, draw, age; units in the attributes. The
        coordinate `weight` says how well each hypothesis explains what is known of the person today.

    Raises
    ------
    UnknownName
        Where no built-in hypothesis has a name; the nearest are named.

    Examples
    --------
    >>> import anagen as ag
    >>> data = ag.simulate(ag.Scenario.load("examples/nothing.toml"), draws=4)
    >>> data["hairs_per_cm2"].dims
    ('hypothesis', 'arm', 'region', 'draw', 'age')
    """
    each = chosen(hypotheses)
    if draws < 1 or follicles < 1:
        raise ValueError("draws and follicles must be at least 1")
    span = span_of(scenario.person.age)
    done, total = 0, len(each) * draws

    def advance(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    advance(0)  # so that a progress bar knows its length from the start
    parts: list[dict[str, Floats]] = []
    fits: list[Floats] = []
    for one in each:

        def work(block: Indices, hypothesis: Hypothesis = one) -> tuple[dict[str, Floats], Floats]:
            persons, fit = choose(scenario, hypothesis, block, seed)
            frame = Frame(
                scenario, (hypothesis,), REGIONS, persons, span.begin, span.months, len(ARMS), follicles, seed
            )
            return grown(frame, scalp_of(frame), span), fit

        blocks = list(in_blocks(np.arange(draws), BLOCK, work, threads, advance))
        parts.append({key: np.concatenate([part[key] for part, _ in blocks], axis=2) for key in VARIABLES})
        fits.append(np.concatenate([fit for _, fit in blocks]))
    return _dataset(scenario, tuple(one.name for one in each), parts, fits, span, seed, follicles)


def _dataset(
    scenario: Scenario,
    names: tuple[str, ...],
    parts: list[dict[str, Floats]],
    fits: list[Floats],
    span: Span,
    seed: int,
    follicles: int,
) -> xr.Dataset:
    import xarray as xr

    from anagen.outlook.provenance import parameter_set, version

    ages = span.begin + span.records / MONTHS
    axes = ("hypothesis", "arm", "region", "draw", "age")
    data = {
        key: (axes, np.stack([part[key] for part in parts]), {"units": unit, "long_name": says})
        for key, (unit, says) in VARIABLES.items()
    }
    known = sightings(scenario.person)
    note = (
        "how well each hypothesis explains what is known of this person's hair, from equal weights before"
        if known
        else "equal: nothing is known of this person's hair that could tell the hypotheses apart"
    )
    return xr.Dataset(
        data,
        coords={
            "hypothesis": list(names),
            "arm": list(ARMS),
            "region": list(REGIONS),
            "draw": np.arange(fits[0].size),
            "age": ("age", ages, {"units": "year"}),
            "weight": ("hypothesis", weights(fits), {"long_name": note}),
        },
        attrs={
            "version": version(),
            "seed": seed,
            "draws": fits[0].size,
            "follicles": follicles,
            "scenario": scenario.source,
            "parameter_set": parameter_set(),
        },
    )
