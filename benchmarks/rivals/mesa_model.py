"""The same process as agents in Mesa: every follicle an agent, stepped a week at a time.

Written to be quick for what it is: an agent touches the model's counts only when something changes, speeds come once a
week for all, and what is left of a week after a phase has ended goes to the next phase, so that no time is lost.
"""

from __future__ import annotations

import math
from time import process_time

import mesa
import numpy as np

from anagen.follicle.laws import CycleLaws
from rivals import reference

WEEK = 12 / 52  # months
ANAGEN, CATAGEN, TELOGEN, KENOGEN = range(4)
PHASES = ("anagen", "catagen", "telogen", "kenogen")


class Follicle(mesa.Agent):
    """One follicle; times in months, diameters in um."""

    def __init__(self, model: Scalp, sensitivity: float) -> None:
        super().__init__(model)
        self.sensitivity, self.size, self.ceiling = sensitivity, 0.0, 0.0
        self.seen = False
        gone = self.random.random()
        self.phase = self.random.choices(range(4), model.means)[0]
        # who looks in at a random moment meets longer phases more often
        self.left = (1 - gone) * self.length(self.phase, biased=True)
        self.dress(-gone / (1 - gone) * self.left)
        if self.phase == KENOGEN:
            model.empty += 1
        elif self.phase != ANAGEN or self.visible <= 0:
            self.see(self.phase != ANAGEN)

    def length(self, phase: int, biased: bool = False) -> float:
        """A drawn length of a phase, months at plain speed."""
        mean, spread = self.model.log_means[phase], self.model.spreads[phase]
        longer = self.model.power * self.size if phase == ANAGEN else 0.0
        shift = spread * spread / 2 if biased else -spread * spread / 2
        return math.exp(mean + longer + shift + spread * self.random.gauss(0.0, 1.0))

    def dress(self, start: float) -> None:
        """The hair of a cycle that begins at `start`."""
        laws = self.model.laws
        self.diameter = laws["diameter_smallest"] + laws["diameter_per_size"] * math.exp(self.size)
        relative = self.diameter / laws["growth_reference_diameter"]
        growth = laws["growth_rate"] * relative ** laws["growth_diameter_power"]
        self.visible = start + laws["visible_length"] / growth

    def see(self, resting: bool = False) -> None:
        """The hair is long enough from now on."""
        model = self.model
        self.visible = math.inf
        if self.diameter >= model.laws["counted_diameter"]:
            self.seen = True
            model.hairs += 1
            model.terminal += self.diameter >= model.laws["terminal_diameter"]
            model.growing += not resting

    def step(self) -> None:
        """One week."""
        model, time = self.model, WEEK
        while True:
            speed = 1.0
            if self.phase == ANAGEN:
                speed += self.sensitivity * model.anagen_gain
            elif self.phase == KENOGEN:
                speed /= 1 + self.sensitivity * model.kenogen_gain
            needed = self.left / speed
            if needed > time:
                self.left -= speed * time
                if self.phase == ANAGEN and self.visible <= model.until:
                    self.see()
                return
            time -= needed
            self.turn(model.until - time)

    def turn(self, now: float) -> None:
        """A phase has ended; the next begins."""
        model = self.model
        if self.phase == ANAGEN:
            if self.visible <= now:
                self.see()
            model.growing -= self.seen
        elif self.phase == TELOGEN:
            if self.seen:
                model.hairs -= 1
                model.terminal -= self.diameter >= model.laws["terminal_diameter"]
            model.shed += self.diameter >= model.laws["counted_diameter"]
            model.empty += 1
            self.seen = False
        elif self.phase == KENOGEN:
            model.empty -= 1
            loss = self.sensitivity * model.loss_gain
            self.ceiling -= model.laws["irreversible_share"] * max(loss, 0.0)
            self.size -= loss
            self.size += model.laws["size_recovery"] * (self.ceiling - model.drop - self.size)
            self.dress(now)
        self.phase = (self.phase + 1) % 4
        self.left = self.length(self.phase)


class Scalp(mesa.Model):
    """Follicles of the reference case and what stands of them, recorded at the first week at or after each month."""

    def __init__(self, count: int, seed: int = reference.SEED) -> None:
        super().__init__(seed=seed)
        self.laws = {name: float(array[0]) for name, array in vars(CycleLaws.central(1)).items()}
        self.means = [self.laws["catagen_length" if name == "catagen" else f"{name}_mean"] for name in PHASES]
        self.log_means = [math.log(mean) for mean in self.means]
        self.spreads = [math.sqrt(math.log1p(self.laws[f"{name}_spread"] ** 2)) for name in PHASES]
        self.power = self.laws["anagen_size_power"]
        self.drive = reference.drive()[0]
        self.hairs = self.terminal = self.growing = self.empty = self.shed = 0
        self.month, self.until = 0, 0.0
        names = ("hairs", "terminal", "growing", "empty", "shed")
        self.datacollector = mesa.DataCollector(model_reporters={name: name for name in names})
        Follicle.create_agents(self, count, [float(one) for one in reference.sensitivities(count)])
        self.datacollector.collect(self)

    def step(self) -> None:
        """One week of everyone."""
        middle = self.until + WEEK / 2
        drive = float(np.interp(middle, np.arange(self.drive.size), self.drive))
        self.anagen_gain, self.kenogen_gain = reference.ANAGEN_GAIN * drive, reference.KENOGEN_GAIN * drive
        self.loss_gain, self.drop = reference.LOSS_GAIN * drive, reference.DROP * drive
        self.until += WEEK
        self.agents.do("step")
        if self.until >= self.month + 1 - WEEK / 100:
            self.month += 1
            self.datacollector.collect(self)


def run(count: int, years: int) -> tuple[float, dict[str, np.ndarray]]:
    """Processor seconds of a run without its making, and shares of the follicles at every month."""
    scalp = Scalp(count)
    begin = process_time()
    for _ in range(52 * years):
        scalp.step()
    seconds = process_time() - begin
    stands = scalp.datacollector.model_vars
    names = {"hairs": "hairs", "terminal": "terminal", "anagen": "growing", "empty": "empty"}
    return seconds, {name: np.array(stands[own]) / count for name, own in names.items()}
