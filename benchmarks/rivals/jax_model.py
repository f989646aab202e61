"""The same process in JAX: one event loop over cycles for a chunk of follicles at once, compiled by XLA.

Everything is float32, draws are JAX's own threefry, changes are scattered into a table of months. A chunk turns until
its last follicle is past the end. Of what was tried, this was the quickest: chunks of 512, which stay in the nearest
memory; threefry rather than XLA's own generator; scalar scatters; one device a core. Run as a program it is a worker:
it compiles once, and then runs and tells its seconds whenever it is asked.
"""

from __future__ import annotations

import json
import os
import sys
from time import perf_counter, process_time
from typing import Any

LANES = 512
COLUMNS = 8
HAIRS, TERMINAL, GROWING, EMPTY, SHED = range(5)


def hold_to(cores: int) -> None:
    """Give this process so many cores, and XLA one device on each; must come before JAX is loaded."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-cores:])
    os.environ["XLA_FLAGS"] = f"--xla_force_host_platform_device_count={cores}"
    os.environ["JAX_PLATFORMS"] = "cpu"


def laid_out() -> dict[str, Any]:
    """Laws and monthly tables of the reference case in float32."""
    import jax.numpy as jnp

    from anagen.follicle.laws import lay_out
    from rivals import reference

    patches = reference.patches()
    laws = lay_out(patches.laws, patches.shapes.all)
    found: dict[str, Any] = {name: float(array[0]) for name, array in laws._asdict().items()}
    for name in ("plain", "sensitive", "plain_run", "sensitive_run"):
        found[name] = jnp.asarray(getattr(patches.clock, name)[0], jnp.float32)
    for name in ("stretch", "stretch_sensitive", "loss", "loss_sensitive", "drop"):
        found[f"{name}_at"] = jnp.asarray(getattr(patches, name)[0], jnp.float32)
    return found


def make_chunk(months: int) -> Any:
    """The function that runs one chunk: from a key and sensitivities to the table of changes."""
    import jax
    import jax.numpy as jnp
    from jax import lax

    k = laid_out()

    def at(plain: Any, sensitive: Any, s: Any, month: Any) -> Any:
        return plain[month] + s * sensitive[month]

    def month_of(time: Any) -> Any:
        return jnp.clip(time.astype(jnp.int32), 0, months)

    def time_for(speed: Any, slope: Any, run: Any) -> Any:
        return 2 * run / (speed + jnp.sqrt(jnp.maximum(speed * speed + 2 * slope * run, 0)))

    def anagen_after(s: Any, start: Any, run: Any) -> Any:
        """When the anagen clock has run `run`: a guess at the month, then month by month to the right one."""
        month = month_of(start)
        speed, begun = at(k["plain"], k["sensitive"], s, month), at(k["plain_run"], k["sensitive_run"], s, month)
        slope, share = at(k["plain"], k["sensitive"], s, jnp.minimum(month + 1, months)) - speed, start - month
        target = begun + (speed + slope * share / 2) * share + run

        def run_by(place: Any) -> Any:
            return at(k["plain_run"], k["sensitive_run"], s, place)

        def ahead(place: Any) -> Any:
            return (place < months) & (run_by(jnp.minimum(place + 1, months)) <= target)

        place = jnp.minimum(month + ((target - begun) / speed).astype(jnp.int32), months)
        gap = (target - run_by(place)) / at(k["plain"], k["sensitive"], s, place)
        place = jnp.clip(place + jnp.floor(gap).astype(jnp.int32), month, months)
        place = lax.while_loop(
            lambda place: jnp.any(ahead(place) | (run_by(place) > target)),
            lambda place: place + ahead(place).astype(jnp.int32) - (run_by(place) > target).astype(jnp.int32),
            place,
        )
        speed = at(k["plain"], k["sensitive"], s, place)
        slope = at(k["plain"], k["sensitive"], s, jnp.minimum(place + 1, months)) - speed
        return place + time_for(speed, slope, target - run_by(place))

    def kenogen_after(s: Any, start: Any, run: Any) -> Any:
        """When a clock of speed 1 / stretch has run `run`: month by month."""

        def speed_at(month: Any) -> Any:
            return 1 / at(k["stretch_at"], k["stretch_sensitive_at"], s, jnp.minimum(month, months))

        def over(state: Any) -> tuple[Any, Any]:
            month, time, left, speed, slope = state
            span = (month + 1) - time
            whole = (speed + slope * span / 2) * span
            return (left > whole) & (month < months), whole

        def on(state: Any) -> Any:
            month, _, left, _, _ = state
            goes, whole = over(state)
            first = speed_at(month + 1)
            then = (month + 1, (month + 1).astype(jnp.float32), left - whole, first, speed_at(month + 2) - first)
            return tuple(jnp.where(goes, new, old) for new, old in zip(then, state, strict=True))

        month = month_of(start)
        first = speed_at(month)
        slope = speed_at(month + 1) - first
        state = (month, start, run, first + slope * (start - month), slope)
        _, time, left, speed, slope = lax.while_loop(lambda state: jnp.any(over(state)[0]), on, state)
        return time + time_for(speed, slope, left)

    order = ("anagen", "catagen", "telogen", "kenogen")

    def column(name: str) -> Any:
        return jnp.array([[k[f"{name}_{phase}"]] for phase in order], jnp.float32)

    def lengths(key: Any, size: Any) -> Any:
        """The lengths of the four phases of every lane, in the order they come."""
        normal = jax.random.normal(key, (4, size.size), jnp.float32)
        power = jnp.array([[k["anagen_power"]], [0], [0], [0]], jnp.float32)
        return jnp.exp(column("log") + column("scale") * normal + column("shift") + power * size)

    def record(time: Any) -> Any:
        return jnp.ceil(jnp.clip(time, 0, months + 1)).astype(jnp.int32)

    def count(table: Any, alive: Any, start: Any, anagen_end: Any, fallen: Any, end: Any, size: Any) -> Any:
        """Scatter what one cycle changes."""
        wide = k["smallest"] + k["per_size"] * jnp.exp(size)
        seen = start + k["visible_length"] / jnp.exp(k["log_growth"] + k["growth_power"] * jnp.log(wide))
        first, last, closed = record(seen), record(fallen), record(end)
        turns = jnp.maximum(record(anagen_end), first)
        counted = alive & (wide >= k["counted"])
        stands = counted & (first < last) & (seen <= anagen_end)
        terminal, shed = stands & (wide >= k["terminal"]), counted & (fallen > 0) & (fallen <= months)
        changes = (
            (first, HAIRS, stands, 1), (first, TERMINAL, terminal, 1), (first, GROWING, stands, 1),
            (turns, GROWING, stands, -1), (last, HAIRS, stands, -1), (last, TERMINAL, terminal, -1),
            (last, EMPTY, alive, 1), (closed, EMPTY, alive, -1), (last, SHED, shed, 1),
        )  # fmt: skip
        where = jnp.concatenate([row * COLUMNS + column for row, column, _, _ in changes])
        amounts = jnp.concatenate([sign * flag.astype(jnp.int32) for _, _, flag, sign in changes])
        return table.at[where].add(amounts, mode="promise_in_bounds")

    def renew(s: Any, end: Any, size: Any, ceiling: Any) -> tuple[Any, Any]:
        """Size and ceiling at the next anagen."""
        month = month_of(end)
        later, share = jnp.minimum(month + 1, months), end - month
        before = at(k["loss_at"], k["loss_sensitive_at"], s, month)
        loss = before + (at(k["loss_at"], k["loss_sensitive_at"], s, later) - before) * share
        drop = k["drop_at"][month] + (k["drop_at"][later] - k["drop_at"][month]) * share
        ceiling = ceiling - k["irreversible"] * jnp.maximum(loss, 0)
        size = size - loss
        return size + k["recovery"] * ((ceiling - drop) - size), ceiling

    def look_in(key: Any, s: Any) -> tuple[Any, ...]:
        """The cycle each follicle is in at month 0, as a looker-in would find it."""
        for_where, for_lengths = jax.random.split(key)
        pick, gone = jax.random.uniform(for_where, (2, s.size))
        zero, one, month = jnp.zeros(s.size), jnp.ones(s.size), jnp.zeros(s.size, jnp.int32)
        speed = at(k["plain"], k["sensitive"], s, month)
        stretch = at(k["stretch_at"], k["stretch_sensitive_at"], s, month)
        factors = jnp.stack([1 / speed, one, one, stretch])
        edges = jnp.cumsum(jnp.exp(column("log")) * factors, axis=0)
        phase = (pick * edges[-1] > edges[:-1]).sum(axis=0)
        place = jnp.arange(4)[:, None]
        drawn = lengths(for_lengths, zero)
        drawn = jnp.where(phase == place, drawn * jnp.exp(column("biased") - column("shift")), drawn)
        left = jnp.where(phase == place, (1 - gone) * drawn, drawn)
        spent = jnp.where(phase < place, 0, jnp.where(phase == place, gone, 1) * drawn * factors)
        start = -spent.sum(axis=0)
        anagen_end = jnp.where(phase == 0, anagen_after(s, zero, left[0]), start + spent[0])
        catagen_end = jnp.where(phase == 1, left[1], anagen_end + drawn[1])
        fallen = jnp.where(phase == 2, left[2], catagen_end + drawn[2])
        end = kenogen_after(s, jnp.where(phase == 3, 0, fallen), left[3])
        return start, anagen_end, fallen, end

    def chunk(key: Any, s: Any) -> Any:
        full = jnp.zeros(s.size, jnp.float32)
        start, anagen_end, fallen, end = look_in(jax.random.fold_in(key, 0), s)
        table = jnp.zeros((months + 2) * COLUMNS, jnp.int32)
        table = count(table, jnp.ones(s.size, bool), start, anagen_end, fallen, end, full)
        size, ceiling = renew(s, end, full, full)

        def turn(state: Any) -> Any:
            cycle, begin, size, ceiling, table = state
            alive, begin = begin <= months, jnp.minimum(begin, months + 1.0)
            anagen, catagen, telogen, kenogen = lengths(jax.random.fold_in(key, cycle), size)
            anagen_end = anagen_after(s, begin, anagen)
            fallen = anagen_end + catagen + telogen
            end = kenogen_after(s, fallen, kenogen)
            table = count(table, alive, begin, anagen_end, fallen, end, size)
            size, ceiling = renew(s, end, size, ceiling)
            return cycle + 1, jnp.where(alive, end, begin), size, ceiling, table

        return lax.while_loop(lambda state: jnp.any(state[1] <= months), turn, (1, end, size, ceiling, table))[-1]

    return chunk


def make_run(count: int, cores: int, seed: int) -> Any:
    """A warm run of many follicles on one device a core: returns the table of changes, shape (months + 2, columns)."""
    import jax
    import jax.numpy as jnp
    import numpy as np

    from rivals import reference

    chunk = make_chunk(reference.MONTHS)

    def part(keys: Any, sensitivities: Any) -> Any:
        return jax.lax.map(lambda one: chunk(*one), (keys, sensitivities)).sum(axis=0)

    chunks = count // LANES
    keys = jax.random.split(jax.random.key(seed), chunks).reshape(cores, chunks // cores)
    given = jnp.asarray(reference.sensitivities(count), jnp.float32).reshape(cores, chunks // cores, LANES)
    compiled = jax.pmap(part)
    return lambda: np.asarray(compiled(keys, given), dtype=np.int64).sum(axis=0).reshape(-1, COLUMNS)


def main() -> None:
    """A worker: arguments cores and follicles; answers every line on its input with a line of JSON."""
    cores, count = int(sys.argv[1]), int(sys.argv[2])
    hold_to(cores)
    begin = perf_counter()
    run = make_run(count, cores, 3)
    table = run()
    first = perf_counter() - begin
    levels = table[:-1].cumsum(axis=0)[:, [HAIRS, TERMINAL, GROWING, EMPTY]].T
    import jax

    told = {"version": jax.__version__, "seconds of the first run, with compiling": first}
    print(json.dumps(told | {"levels": levels.tolist(), "shed": table[:-1, SHED].tolist()}), flush=True)
    for _ in sys.stdin:
        wall, own = perf_counter(), process_time()
        run()
        print(json.dumps([perf_counter() - wall, process_time() - own]), flush=True)


if __name__ == "__main__":
    main()
