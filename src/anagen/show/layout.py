"""Where everything of the flowchart stands: places chosen by hand, so that people can learn the map.

Every arrow of the chart is either one of the lines or in a chip of a box; a test holds this file to that.
"""

from __future__ import annotations

from anagen.show.geometry import Box, Chip, Line, Rect

WIDTH, HEIGHT = 1352.0, 816.0
LANE_TOP = 12.0
LANES: tuple[tuple[str, float, float, float], ...] = (
    ("What you do", 2, 134, 804),
    ("Body", 154, 308, 804),
    ("Scalp", 318, 762, 804),
    ("Oxygen", 772, 918, 804),
    ("Follicle", 928, 1238, 552),
    ("Hair", 1248, 1350, 552),
)
"""Name, left, right and bottom of each lane."""

BOXES: dict[str, Box] = {
    # what you do
    "minoxidil": Box(("topical_minoxidil_dose", "oral_minoxidil_dose"), ("Minoxidil",), 14, 78, 108),
    "blockers": Box(("finasteride_dose", "dutasteride_dose"), ("Finasteride,", "dutasteride"), 14, 158, 108),
    "loosening": Box(("massage_time", "botulinum_dose"), ("Massage,", "botulinum"), 14, 474, 108),
    "food": Box(("food_magnesium",), ("Magnesium", "eaten"), 14, 546, 108),
    "pills": Box(("oral_magnesium",), ("Magnesium", "swallowed"), 14, 626, 108),
    "skin": Box(("skin_magnesium",), ("Magnesium", "on the skin"), 14, 706, 108),
    # body
    "reductase": Box(
        ("reductase_1", "reductase_2"),
        ("5-alpha-", "reductase 1, 2"),
        166, 158, 130,
        (
            Chip("finasteride", ("finasteride-lowers-reductase-1",), "lowers"),
            Chip("serum DHT", ("reductase-1-raises-serum-dht", "reductase-2-raises-serum-dht"), "raises", leaves=True),
        ),
    ),
    "testosterone": Box(
        ("testosterone",),
        ("Testosterone",),
        166, 262, 130,
        (
            Chip("puberty, sex", ("puberty-raises-testosterone", "production-raises-testosterone"), "raises"),
            Chip("age, castration", ("age-lowers-testosterone", "castration-lowers-testosterone"), "lowers"),
            Chip("serum DHT", ("testosterone-raises-serum-dht",), "raises", leaves=True),
        ),
    ),
    "systemic": Box(
        ("systemic_inflammation",),
        ("Inflammation", "in the body"),
        166, 387, 130,
        (
            Chip("age, weight", ("age-raises-inflammation", "body-mass-raises-inflammation"), "raises"),
            Chip("smoking, CRP", ("smoking-raises-inflammation", "crp-shows-inflammation"), "raises"),
            Chip("diet", ("diet-lowers-inflammation",), "lowers"),
        ),
    ),
    "absorbed": Box(("absorbed_magnesium",), ("Magnesium", "absorbed"), 166, 546, 130, least_height=66),
    "plasma": Box(
        ("plasma_magnesium",), ("Plasma", "magnesium"), 166, 649, 130,
        (Chip("kidneys", ("filtration-lowers-plasma-magnesium",), "lowers"),),
    ),
    "t50": Box(
        ("t50",), ("Resistance to", "calcifying (T50)"), 166, 756, 130,
        (Chip("phosphate", ("phosphate-lowers-t50", "filtration-lowers-plasma-phosphate"), "lowers"),),
    ),
    # scalp
    "dht": Box(("scalp_dht",), ("DHT in", "the scalp"), 328, 158, 108),
    "inflammation": Box(("scalp_inflammation",), ("Scalp", "inflammation"), 328, 387, 108),
    "tension": Box(("galea_tension",), ("Galea", "tension"), 328, 474, 108),
    "androgen": Box(("androgen_signal",), ("Androgen", "signal"), 476, 158, 106),
    "tgf": Box(("tgf_beta",), ("TGF-beta",), 476, 387, 106, least_height=48),
    "vessels": Box(("vessel_density",), ("Vessel", "density"), 632, 274, 110),
    "flow": Box(
        ("blood_flow",), ("Blood flow",), 632, 387, 110,
        (Chip("minoxidil", ("topical-minoxidil-raises-flow", "oral-minoxidil-raises-flow"), "raises"),),
    ),
    "fibrosis": Box(
        ("fibrosis", "scar"), ("Fibrosis",), 632, 500, 92,
        (Chip("scar", ("fibrosis-raises-scar", "scar-holds-fibrosis"), "raises"),),
    ),
    "calcification": Box(("calcification",), ("Calcification",), 632, 612, 110, least_height=48),
    # oxygen
    "hypoxia": Box(("hypoxia",), ("Hypoxia", "of the bulb"), 790, 262, 110),
    "po2": Box(
        ("bulb_po2",), ("Oxygen at", "the bulb"), 790, 387, 110,
        (Chip("chance", ("network-scatters-oxygen",), "raises"),),
        least_height=92,
    ),
    # follicle
    "drive": Box(
        ("miniaturizing_drive", "sensitivity"), ("Miniaturizing", "drive"), 944, 158, 112,
        (Chip("own sensitivity"),),
    ),
    "cycle": Box(
        ("anagen_speed", "kenogen_stretch"), ("Shorter growth,", "longer rest"), 1096, 86, 132,
        (
            Chip(
                "minoxidil: rest",
                ("topical-minoxidil-shortens-kenogen", "oral-minoxidil-shortens-kenogen"),
                "lowers",
            ),
        ),
    ),
    "size": Box(
        ("size_loss",), ("Size lost at", "each new cycle"), 1096, 206, 132,
        (Chip("microneedling", ("microneedling-regrows-follicle",), "lowers"),),
    ),
    "ceiling": Box(("ceiling_drop",), ("Lower ceiling", "of the size"), 1096, 500, 132),
    # hair
    "hair": Box(
        ("follicle_loss",), ("Hairs", "you see"), 1258, 293, 82,
        (Chip("age", ("age-raises-follicle-loss",), "lowers"),),
        least_height=466,
    ),
}  # fmt: skip

LINES: tuple[Line, ...] = (
    # minoxidil straight to the cycle
    Line(("topical-minoxidil-slows-anagen", "oral-minoxidil-slows-anagen"), "minoxidil:right", "cycle:left-8",
         badge=0.30, tag=(16, 0), tag_anchor="start"),
    # androgen
    Line(
        ("finasteride-lowers-reductase-2", "dutasteride-lowers-reductase-2", "dutasteride-lowers-reductase-1"),
        "blockers:right", "reductase:left", badge=0.35,
    ),
    Line(("reductase-1-raises-scalp-dht", "reductase-2-raises-scalp-dht"), "reductase:right", "dht:left", badge=0.4),
    Line(("testosterone-raises-scalp-dht",), "testosterone:right", "dht:left+14", (315,), badge=0.5),
    Line(("dht-raises-androgen-signal",), "dht:right", "androgen:left", badge=0.4),
    Line(("androgen-drives-miniaturization",), "androgen:right", "drive:left", badge=0.1,
         tag=(16, 0), tag_anchor="start"),
    Line(("androgen-raises-tgf-beta",), "androgen:bottom", "tgf:top", badge=0.62),
    # inflammation
    Line(("massage-lowers-tension", "botulinum-lowers-tension"), "loosening:right", "tension:left", badge=0.5),
    Line(("tension-raises-inflammation",), "tension:top", "inflammation:bottom", badge=0.45),
    Line(("systemic-inflammation-raises-scalp-inflammation",), "systemic:right", "inflammation:left", badge=0.4),
    Line(("inflammation-raises-scalp-dht",), "inflammation:top", "dht:bottom", badge=0.42,
         tag=(-6, 22), tag_anchor="middle"),
    Line(("inflammation-raises-tgf-beta",), "inflammation:right", "tgf:left", badge=0.45),
    Line(("inflammation-raises-calcification",), "inflammation:right+14", "calcification:left+12", (455,), badge=0.55),
    Line(("inflammation-drives-miniaturization",), "inflammation:right-14", "drive:bottom-26", (455, 216),
         badge=0.40, tag=(16, 0), tag_anchor="start"),
    # magnesium
    Line(("food-raises-absorbed-magnesium",), "food:right", "absorbed:left", badge=0.38),
    Line(("supplements-raise-absorbed-magnesium",), "pills:right", "absorbed:left+14", (136,), badge=0.5),
    Line(("skin-raises-absorbed-magnesium",), "skin:right", "absorbed:left+26", (150,), badge=0.55),
    Line(("absorption-raises-plasma-magnesium",), "absorbed:bottom", "plasma:top", badge=0.4),
    Line(("magnesium-raises-t50",), "plasma:bottom", "t50:top", badge=0.4),
    Line(("t50-lowers-calcification",), "t50:right", "calcification:bottom", badge=0.4),
    # from TGF-beta
    Line(("tgf-beta-lowers-vessels",), "tgf:right-14", "vessels:left", (596,), badge=0.6),
    Line(("tgf-beta-raises-fibrosis",), "tgf:right", "fibrosis:left", (610,), badge=0.5),
    Line(("tgf-beta-raises-calcification",), "tgf:right+14", "calcification:left-12", (596,), badge=0.6),
    # blood and oxygen
    Line(("vessels-raise-flow",), "vessels:bottom", "flow:top", badge=0.45),
    Line(("fibrosis-lowers-flow",), "fibrosis:top", "flow:bottom-9", badge=0.45),
    Line(("calcification-lowers-flow",), "calcification:top+48", "flow:bottom+48", badge=0.2),
    Line(("flow-raises-oxygen",), "flow:right-10", "po2:left-10", badge=0.4),
    Line(("vessels-raise-oxygen",), "vessels:right", "po2:left-30", (766,), badge=0.45),
    Line(("fibrosis-lowers-oxygen",), "fibrosis:right-10", "po2:left+12", (766,), badge=0.6),
    Line(("calcification-lowers-oxygen",), "calcification:right", "po2:bottom", badge=0.5),
    Line(("oxygen-lowers-hypoxia",), "po2:top", "hypoxia:bottom", badge=0.45),
    # into the follicle
    Line(("hypoxia-drives-miniaturization",), "hypoxia:right", "drive:bottom+10", badge=0.2,
         tag=(0, 20), tag_anchor="start"),
    Line(("fibrosis-lowers-ceiling",), "fibrosis:right+10", "ceiling:left+10", badge=0.6,
         tag=(14, -15), tag_anchor="start"),
    Line(("drive-speeds-anagen", "drive-stretches-kenogen"), "drive:right-16", "cycle:left+18", (1076,), badge=0.5),
    Line(("drive-shrinks-follicle",), "drive:right+16", "size:left", (1076,), badge=0.5),
    # the follicles themselves: no arrow, the automaton
    Line((), "cycle:right", "hair:left-207"),
    Line((), "size:right", "hair:left-87"),
    Line((), "ceiling:right", "hair:left+207"),
)  # fmt: skip

KEY: Rect = (950.0, 590.0, 1340.0, 780.0)
"""Where the key stands: left, top, right, bottom."""


def placed() -> tuple[str, ...]:
    """Every arrow that is drawn as a line or stands in a chip."""
    lines = [name for line in LINES for name in line.arrows]
    return (*lines, *(name for box in BOXES.values() for chip in box.chips for name in chip.arrows))
