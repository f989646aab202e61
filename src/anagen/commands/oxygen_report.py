"""What `anagen oxygen` says of a solved patch: one object for JSON and for words, and its drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anagen.oxygen.scene import Scene
    from anagen.oxygen.scene_answer import Answer
    from anagen.oxygen.scene_size import Estimate
    from anagen.oxygen.scene_slices import Slice
    from anagen.show.oxygen_slice import SliceView

TABLE, UPRIGHT, LEVEL, BULB = "table.csv", "upright.svg", "level.svg", "bulb.svg"
FILES = (UPRIGHT, LEVEL, BULB, TABLE)


def files(png: bool) -> tuple[str, ...]:
    """The names of the folder's files, as PNG too where that is asked."""
    return (*FILES, *map(_as_png, (UPRIGHT, LEVEL, BULB))) if png else FILES


def _as_png(name: str) -> str:
    return name.removesuffix(".svg") + ".png"


def scene_dict(scene: Scene) -> dict[str, object]:
    """What was asked, with what was left out filled in."""
    from anagen.evidence.parameters import value

    damage = scene.damage
    return {
        "title": scene.title,
        "flow": scene.flow,
        "nutritive_share": scene.nutritive_share,
        "capillary_loss": damage.loss,
        "where": damage.where,
        "keep_flow": damage.keep_flow,
        "narrowing": 1 - damage.arteriole_radius,
        "capillary_narrowing": 1 - damage.capillary_radius,
        "wall_resistance": damage.wall_resistance,
        "wall_thickness_um": damage.wall_thickness,
        "fibrosis": damage.permeability,
        "follicle_fibrosis": damage.follicle_permeability,
        "bulb_uptake": scene.bulb_uptake,
        "capillary_density_mm_mm3": round(scene.capillary_density * 1e6, 9),
        "basket_capillaries": scene.basket_capillaries,
        "inlet_po2": value("inlet_po2"),
        "network": None if scene.network is None else str(scene.network),
        "seed": None if scene.network is not None else scene.seed,
        "width_um": scene.width,
        "depth_um": scene.depth,
        "bulbs": scene.bulbs,
        "spacing_um": scene.spacing,
    }


def to_dict(found: Answer, size: Estimate) -> dict[str, object]:
    """The answer as it stands in the JSON."""
    from anagen.outlook.provenance import parameter_set, version
    from anagen.oxygen.scene_answer import numbers
    from anagen.show.oxygen_words import assumptions

    asked, outcome = scene_dict(found.built.scene), found.outcome
    return {
        "scene": asked,
        "numbers": {
            name: {"value": number, "unit": unit, "says": says} for name, (number, unit, says) in numbers(found).items()
        },
        "bulbs": [
            {"mean_mmhg": float(mean), "min_mmhg": float(least), "x_um": x, "y_um": y}
            for mean, least, (x, y, _) in zip(
                outcome.bulb_means, outcome.bulb_mins, found.built.patch.anatomy.centers.tolist(), strict=True
            )
        ],
        "assumes": assumptions(asked),
        "solved": {
            "cells": size.cells,
            "vessels": found.built.vessels.count,
            "steps": outcome.field.steps,
            "cycles": outcome.field.cycles,
            "residual": outcome.field.residual,
            "device": outcome.field.device,
        },
        "provenance": {"version": version(), "parameter_set": parameter_set(), "scene": found.built.scene.source},
    }


def csv(found: Answer) -> str:
    """The numbers as a small table."""
    from anagen.oxygen.scene_answer import numbers

    lines = [f'{name},{number:.6g},{unit},"{says}"' for name, (number, unit, says) in numbers(found).items()]
    return "\n".join(["name,value,unit,says", *lines]) + "\n"


def drawings(found: Answer, png: bool = False) -> dict[str, str | bytes]:
    """Every file of the folder, by its name."""
    from anagen.oxygen.bulb_places import is_wide
    from anagen.oxygen.scene_answer import numbers
    from anagen.oxygen.scene_slices import level, upright
    from anagen.show.oxygen_bulb import histogram_svg
    from anagen.show.oxygen_slice import slice_svg
    from anagen.show.oxygen_words import answer_sentences, asked_sentence

    says = " ".join(
        [
            asked_sentence(scene_dict(found.built.scene)),
            *answer_sentences({name: number for name, (number, _, _) in numbers(found).items()}),
        ]
    )
    down = f"{found.built.patch.anatomy.bulb_depth / 1000:g} mm"
    scene = found.built.scene
    histogram = histogram_svg(found.bulb_po2, "Oxygen in the bulbs", says, below=scene.title)
    through = "the bulb nearest to the middle" if is_wide(scene.width) else "the bulbs"
    titles = (f"Oxygen, cut upright through {through}", f"Oxygen, cut level at {down}, the depth of the bulbs")
    views = (
        _view(upright(found), titles[0], "x, mm", "depth below the surface, mm", says, scene.title),
        _view(level(found), titles[1], "x, mm", "y, mm", says, scene.title),
    )
    svgs = {name: str(slice_svg(view)) for name, view in zip((UPRIGHT, LEVEL), views, strict=True)}
    svgs[BULB] = str(histogram)
    return {**svgs, **(_pictures(svgs) if png else {}), TABLE: csv(found)}


def _pictures(svgs: dict[str, str]) -> dict[str, bytes]:
    from anagen.show.png import png

    return {_as_png(name): png(drawn) for name, drawn in svgs.items()}


def _view(cut: Slice, title: str, across: str, down: str, says: str, below: str) -> SliceView:
    from anagen.show.oxygen_slice import SliceView as View

    return View(
        title,
        f"{title}. {says}",
        across,
        down,
        cut.po2,
        cut.spacing,
        cut.vessels,
        cut.bulbs,
        cut.uprights,
        cut.reach,
        below,
    )
