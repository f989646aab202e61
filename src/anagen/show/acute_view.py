"""What is shown of plasma magnesium after a dose, read from the JSON of the answer, and its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from anagen.show.numbers import mg, whole

KIDNEYS = {"healthy": "healthy kidneys", "own": "this person's kidneys", "example": "weak kidneys, an example"}


@dataclass(frozen=True)
class Curve:
    """Plasma (mmol/L) of 1, 5 and 9 in 10 draws by hour."""

    p10: Sequence[float]
    p50: Sequence[float]
    p90: Sequence[float]


@dataclass(frozen=True)
class Meal:
    """A line of the absorption view: clock, what, mg in, factors in words, mg taken up."""

    clock: str
    items: str
    mg_in: float
    factors: str
    mg_absorbed: float


@dataclass(frozen=True)
class Level:
    """A band of plasma magnesium: its name, what has been seen in it, its edges in words, source and status."""

    name: str
    words: str
    edges: str
    source: str
    status: str


@dataclass(frozen=True)
class Case:
    """The doses on so many days: peak (mmol/L) of 1, 5 and 9 in 10 draws, what they add, and the band of the peak."""

    days: int
    peak: tuple[float, float, float]
    rise: float
    band: str

    @property
    def words(self) -> str:
        """The peak and what the doses add to it."""
        low, middle, high = self.peak
        return f"{middle:.2f} ({low:.2f}-{high:.2f}) +{self.rise:.2f}"


@dataclass(frozen=True)
class Scene:
    """One pair of kidneys and gut, and the doses in it on one day and on more."""

    kidneys: str
    gfr: float
    gut: str
    stay: tuple[float, float, float]
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class AcuteView:
    """What is shown of an answer, read from its JSON."""

    says: str
    doses: tuple[str, ...]
    days: int
    gut: str
    gut_from: str
    hours: Sequence[float]
    plasma: Curve
    healthy: Curve
    without: Curve
    gfr: float
    healthy_gfr: float
    peak: tuple[float, float, float]
    peak_h: float
    peak_clock: str
    rise: float
    healthy_peak: float
    healthy_rise: float
    band: Level
    high_band: Level
    healthy_band: str
    raised: float | None
    levels: tuple[Level, ...]
    purpose: str
    meals: tuple[Meal, ...]
    scenes: tuple[Scene, ...]
    scene_draws: int
    notes: tuple[str, ...]
    draws: int
    seed: int


def _curve(found: Mapping[str, Any]) -> Curve:
    return Curve(found["p10"], found["p50"], found["p90"])


def _level(found: Mapping[str, Any]) -> Level:
    above, below = found["from_mmol_l"], found["to_mmol_l"]
    if above is None:
        edges = f"below {below:.2f}"
    else:
        edges = f"{above:.2f} and more" if below is None else f"{above:.2f} to {below:.2f}"
    return Level(found["name"], found["words"], edges, found["source"], found["status"])


def _meal(found: Mapping[str, Any]) -> Meal:
    factors = cast("dict[str, float]", found["factors"])
    words = ", ".join(f"{factor:g}" for factor in factors.values())
    return Meal(found["clock"], ", ".join(factors), found["mg_in"], words, found["mg_absorbed"])


def _fan(found: Mapping[str, float]) -> tuple[float, float, float]:
    return found["p10"], found["p50"], found["p90"]


def _scenes(found: Sequence[Mapping[str, Any]]) -> tuple[Scene, ...]:
    """Cases of the same kidneys and gut together, as they stand in the JSON."""
    scenes: list[Scene] = []
    for (whose, gfr, gut), group in groupby(found, lambda case: (case["kidneys"], case["gfr_ml_min"], case["gut"])):
        together = list(group)
        cases = tuple(
            Case(case["days"], _fan(case["peak_mmol_l"]), case["rise_mmol_l"]["p50"], case["band"]) for case in together
        )
        scenes.append(Scene(KIDNEYS[whose], gfr, gut, _fan(together[0]["stay_times_usual"]), cases))
    return tuple(scenes)


def view_of(found: Mapping[str, Any]) -> AcuteView:
    """Read the JSON object of an answer."""
    healthy = found["healthy"]
    own = found["at_gfr"] or healthy
    levels = tuple(_level(band) for band in found["bands"])
    raised = next((band["from_mmol_l"] for band in found["bands"] if band["name"] == "raised"), None)
    return AcuteView(
        says=found["says"],
        doses=tuple(f"{mg(dose['elemental_mg'])} mg from {dose['name']} at {dose['clock']}" for dose in found["doses"]),
        days=found["days"],
        gut=found["gut"]["name"],
        gut_from=found["gut"]["from"],
        hours=found["hours"],
        plasma=_curve(found["plasma_mmol_l"]),
        healthy=_curve(healthy["plasma_mmol_l"]),
        without=_curve(own["without_doses_mmol_l"]),
        gfr=own["gfr_ml_min"],
        healthy_gfr=healthy["gfr_ml_min"],
        peak=_fan(found["peak"]["mmol_l"]),
        peak_h=found["peak"]["hours_after_first_dose"],
        peak_clock=found["peak"]["clock"],
        rise=own["rise_mmol_l"]["p50"],
        healthy_peak=healthy["peak"]["p50"],
        healthy_rise=healthy["rise_mmol_l"]["p50"],
        band=_level(found["band"]),
        high_band=_level(found["band_of_highest_tenth"]),
        healthy_band=healthy["band"],
        raised=raised,
        levels=levels,
        purpose=found["absorption"]["purpose"],
        meals=tuple(_meal(meal) for meal in found["absorption"]["meals"]),
        scenes=_scenes(found["scenes"]),
        scene_draws=found["provenance"]["scenes"]["draws"],
        notes=tuple(found["notes"]),
        draws=found["provenance"]["draws"],
        seed=found["provenance"]["seed"],
    )


def peak_sentence(view: AcuteView) -> str:
    """The peak, when, and what such a level goes with."""
    low, middle, high = view.peak
    worse = ""
    if view.high_band.name != view.band.name:
        worse = f" In 1 of 10 runs it is {view.high_band.name}: {view.high_band.words}."
    return (
        f"Plasma magnesium peaks at {middle:.2f} mmol/L ({low:.2f} to {high:.2f} in 8 of 10 runs), "
        f"{hours_words(view.peak_h)} after the first dose (about {view.peak_clock}), "
        f"at a GFR of {whole(view.gfr)} mL/min{_in_gut(view)}: "
        f"{view.band.name}, {view.band.words}.{worse}"
    )


def rise_sentence(view: AcuteView) -> str:
    """What the doses add, beside healthy kidneys."""
    own = f"The doses add up to {view.rise:.2f} mmol/L"
    if view.gfr == view.healthy_gfr:
        return f"{own}."
    return (
        f"{own}; with healthy kidneys (GFR {whole(view.healthy_gfr)}) {view.healthy_rise:.2f}, "
        f"to a peak of {view.healthy_peak:.2f} ({view.healthy_band})."
    )


def _in_gut(view: AcuteView) -> str:
    """The state of the gut, where it is not the usual one."""
    return "" if view.gut == "usual" else f" and with a {view.gut} gut ({view.gut_from})"


def days_words(days: int) -> str:
    """On how many days the doses are taken."""
    return "one day" if days == 1 else f"{days} days"


def scenes_sentence(view: AcuteView) -> str:
    """How high the highest of the other cases goes."""
    scene, case = max(
        ((scene, case) for scene in view.scenes for case in scene.cases), key=lambda pair: pair[1].peak[1]
    )
    low, middle, high = case.peak
    return (
        f"The same doses on {days_words(case.days)}, at a GFR of {whole(scene.gfr)} ({scene.kidneys}) and with a"
        f" {scene.gut} gut: {middle:.2f} mmol/L ({low:.2f} to {high:.2f}), {case.band}."
    )


def stays_sentence(view: AcuteView) -> str:
    """How long things stay in a slow gut."""
    stays = {scene.gut: scene.stay for scene in view.scenes if scene.gut != "usual"}
    words = [f"in a {gut} gut {stay[1]:.1f} times ({stay[0]:.1f} to {stay[2]:.1f})" for gut, stay in stays.items()]
    return f"What is swallowed stays {' and '.join(words)} as long as usual, which is assumed."


def hours_words(hours: float) -> str:
    """Hours with their unit."""
    return f"{hours:g} h"
