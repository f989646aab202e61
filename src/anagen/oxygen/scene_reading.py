"""Reading an oxygen file: every problem at once, each with its file, key, value and mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from anagen.errors import Problem, UnusableFile
from anagen.evidence.parameters import value
from anagen.mends import unknown_key
from anagen.oxygen.block import coarsest_spacing, too_coarse
from anagen.oxygen.bulb_places import most_bulbs, usual_bulbs
from anagen.oxygen.damage import HEALTHY, Damage
from anagen.oxygen.scene import Scene
from anagen.oxygen.scene_network import network_problems
from anagen.oxygen.scene_rules import RULES
from anagen.oxygen.scene_size import fits_whole
from anagen.quantities import QuantityError
from anagen.reading import clipped, shown
from anagen.toml_files import FileKind

COMMAND_LINE = "command line"
SIZES = ("width", "depth", "bulbs", "spacing")
"""Keys that must go together."""
DRAWN_ONLY = ("seed", "capillary_density", "basket_capillaries")
"""Keys that only a drawn network has."""
WHOLE_CELLS = 1e-9
"""How near to a whole number of cells a side must be."""
DEEPER_BY = 3
"""Standard deviations of the deep plexus that must lie within the patch."""


class SceneError(UnusableFile):
    """An oxygen file that cannot be used, with every problem found in it."""

    @staticmethod
    def of(file: str, key: str, given: str, mend: str) -> SceneError:
        """An error of one problem."""
        return SceneError([Problem(file, key, given, mend)])


SCENE = FileKind("an oxygen file", SceneError)


def load_scene(path: Path) -> Scene:
    """The scene of a file; a network file is looked for beside it."""
    return parse_scene(SCENE.text(path), str(path), path.parent)


def parse_scene(text: str, source: str, folder: Path) -> Scene:
    """The scene of TOML text; raises SceneError with every problem found."""
    return _read(SCENE.data(text, source), source, folder, {})


def parse_options(given: dict[str, Any], names: Mapping[str, str]) -> Scene:
    """The scene of a few keys given on the command line, where they have other `names`."""
    return _read(given, COMMAND_LINE, Path(), names)


def _read(data: dict[str, Any], source: str, folder: Path, names: Mapping[str, str]) -> Scene:
    problems: list[Problem] = []

    def refuse(key: str, mend: str, otherwise: object = None) -> None:
        given = data.get(key, otherwise)
        problems.append(Problem(source, names.get(key, clipped(key)), "" if given is None else shown(given), mend))

    found: dict[str, Any] = {}
    for key, given in data.items():
        if key not in RULES:
            refuse(key, unknown_key(key, RULES))
            continue
        try:
            found[key] = RULES[key](given)
        except QuantityError as error:
            refuse(key, str(error))
    for key, mend in _together(found):
        refuse(key, mend)
    scene = _scene(found, source, folder)
    sized = all(key in found or key not in data for key in SIZES)
    for key, mend in _sizes(scene) if sized else ():
        if names and key not in names:  # of options, that of the cells alone can be at fault
            refuse("spacing", _filling(scene), f"{scene.spacing:g} um")
            continue
        number = getattr(scene, key)
        refuse(key, mend, number if key == "bulbs" else f"{number:g} um")
    if not problems:
        return scene
    if scene.network is not None:  # read later where all else is well
        problems += network_problems(scene.network, scene.anatomy if sized else None)
    raise SceneError(problems)


def _together(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What does not go together, each with how to mend it."""
    if "wall_resistance" in found and "wall_thickness" in found:
        yield "wall_thickness", "a thickness has a resistance of its own; write it or wall_resistance, not both"
    if "where" in found and "capillary_loss" not in found:
        yield "where", "it says which capillaries are lost; write capillary_loss too, such as capillary_loss = 0.5"
    if "network" in found:
        for key in DRAWN_ONLY:
            if key in found:
                yield key, "it is for a drawn network; leave it out where network names a file"


def _scene(given: Mapping[str, Any], source: str, folder: Path) -> Scene:
    found = dict(given)
    damage = Damage(
        loss=found.pop("capillary_loss", HEALTHY.loss),
        where=found.pop("where", HEALTHY.where),
        capillary_radius=1 - found.pop("capillary_narrowing", 0.0),
        arteriole_radius=1 - found.pop("narrowing", 0.0),
        wall_thickness=found.pop("wall_thickness", HEALTHY.wall_thickness),
        wall_resistance=found.pop("wall_resistance", HEALTHY.wall_resistance),
        permeability=found.pop("fibrosis", HEALTHY.permeability),
        follicle_permeability=found.pop("follicle_fibrosis", HEALTHY.follicle_permeability),
        keep_flow=found.pop("keep_flow", HEALTHY.keep_flow),
    )
    if "network" in found:
        found["network"] = folder / found["network"]
    if "width" in found:
        found.setdefault("bulbs", usual_bulbs(found["width"]))
    return Scene(damage=damage, source=source, **found)


def _sizes(scene: Scene) -> Iterator[tuple[str, str]]:
    """What is wrong with the size of the patch and of its cells."""
    room = scene.anatomy.room
    most = most_bulbs(scene.width, room)
    if scene.bulbs > most:
        yield "bulbs", f'each needs {room:g} um of width; write at most {most}, or width = "{_width(scene):g} um"'
    deepest = value("deep_plexus_depth") + DEEPER_BY * value("plexus_scatter")
    if scene.depth < deepest:
        yield "depth", f"it must reach below the bulbs and the deep plexus: {deepest:g} um or more"
        return
    if scene.spacing > coarsest_spacing(scene.anatomy.bulb_radius):
        yield "spacing", too_coarse(scene.spacing, scene.anatomy.bulb_radius)
        return
    fits = _fitting(scene)
    for key in ("width", "depth"):
        cells = getattr(scene, key) / scene.spacing
        if abs(cells - round(cells)) > WHOLE_CELLS * cells:
            yield key, f"it must be a whole number of cells of {scene.spacing:g} um; {fits}"
            return


def _fitting(scene: Scene) -> str:
    """A width and a depth near to the wanted ones that the grid can be made for."""
    depth = max(1, round(scene.depth / scene.spacing)) * scene.spacing
    return f'width = "{_width(scene):g} um" and depth = "{depth:g} um" would do'


def _filling(scene: Scene) -> str:
    """The nearest whole um that a patch of this size can be filled with."""
    sizes = range(1, int(coarsest_spacing(scene.anatomy.bulb_radius)) + 1)
    whole = [one for one in sizes if fits_whole(scene, one)]
    one, other = sorted(sorted(whole, key=lambda size: abs(size - scene.spacing))[:2])
    return (
        f"such cells do not fill the patch, {scene.width:g} um wide and {scene.depth:g} deep; {one} or {other} um would"
    )


def _width(scene: Scene) -> float:
    """A width of whole cells near to the wanted one, or as much larger as its bulbs need."""
    cells = max(1, round(scene.width / scene.spacing))
    while most_bulbs(cells * scene.spacing, scene.anatomy.room) < scene.bulbs:
        cells += 1
    return cells * scene.spacing
