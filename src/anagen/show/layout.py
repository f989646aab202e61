"""Where everything of the flowchart stands: places chosen by hand, so that people can learn the map.

Every arrow of the chart is either one of the lines or in a chip of a box; a test holds this file to that.
"""

from __future__ import annotations

from anagen.show.geometry import Box, Chip, Line, Rect

WIDTH, HEIGHT = 1352.0, 924.0
LANE_TOP = 12.0
LANES: tuple[tuple[str, float, float, float], ...] = (
    ("What you do", 2, 134, 912),
    ("Body", 154, 308, 912),
    ("Scalp", 318, 762, 912),
    ("Oxygen", 772, 918, 912),
    ("Follicle", 928, 1238, 649),
    ("Hair", 1248, 1350, 649),
)
"""Name, left, right and bottom of each lane."""

BOXES: dict[str, Box] = {
    # what you do
    "minoxidil": Box(("topical_minoxidil_dose", "oral_minoxidil_dose"), ("Minoxidil",), 8, 74, 120),
    "clascoterone": Box(("clascoterone_dose",), ("Clascoterone",), 8, 118, 120),
    "topical": Box(("topical_finasteride_dose",), ("Finasteride", "on the scalp"), 8, 182, 120),
    "blockers": Box(
        ("finasteride_dose", "dutasteride_dose"), ("Finasteride,", "dutasteride"), 8, 258, 120,
        (Chip("serum DHT", ("dutasteride-lowers-serum-dht",), "lowers", leaves=True),),
    ),
    "spironolactone": Box(("spironolactone_dose",), ("Spironolactone",), 8, 358, 120),
    "massage": Box(("massage_time",), ("Massage",), 8, 536, 120),
    "botulinum": Box(("botulinum_dose",), ("Botulinum",), 8, 592, 120),
    "food": Box(("food_magnesium",), ("Magnesium", "eaten"), 8, 650, 120),
    "pills": Box(("oral_magnesium",), ("Magnesium", "swallowed"), 8, 730, 120),
    "skin": Box(("skin_magnesium",), ("Magnesium", "on the skin"), 8, 810, 120),
    # body
    "reductase": Box(
        ("reductase_1", "reductase_2"),
        ("5-alpha-", "reductase 1, 2"),
        166, 250, 130,
        (
            Chip("finasteride", ("finasteride-lowers-reductase-1",), "lowers"),
            Chip("serum DHT", ("reductase-1-raises-serum-dht", "reductase-2-raises-serum-dht"), "raises", leaves=True),
        ),
    ),
    "testosterone": Box(
        ("testosterone",),
        ("Testosterone",),
        166, 358, 130,
        (
            Chip("puberty, sex", ("puberty-raises-testosterone", "production-raises-testosterone"), "raises"),
            Chip("age, castration", ("age-lowers-testosterone", "castration-lowers-testosterone"), "lowers"),
            Chip("serum DHT", ("testosterone-raises-serum-dht",), "raises", leaves=True),
        ),
    ),
    "systemic": Box(
        ("systemic_inflammation",),
        ("Inflammation", "in the body"),
        166, 484, 130,
        (
            Chip("age, weight", ("age-raises-inflammation", "body-mass-raises-inflammation"), "raises"),
            Chip("smoking, CRP", ("smoking-raises-inflammation", "crp-shows-inflammation"), "raises"),
            Chip("stress", ("stress-raises-inflammation",), "raises"),
            Chip("diet", ("diet-lowers-inflammation",), "lowers"),
        ),
    ),
    "absorbed": Box(("absorbed_magnesium",), ("Magnesium", "absorbed"), 166, 662, 130, least_height=66),
    "plasma": Box(
        ("plasma_magnesium",), ("Plasma", "magnesium"), 166, 762, 130,
        (Chip("kidneys", ("filtration-lowers-plasma-magnesium",), "lowers"),),
    ),
    "t50": Box(
        ("t50",), ("Resistance to", "calcifying (T50)"), 166, 865, 130,
        (Chip("phosphate", ("phosphate-lowers-t50", "filtration-lowers-plasma-phosphate"), "lowers"),),
    ),
    # scalp
    "dht": Box(("scalp_dht",), ("DHT in", "the scalp"), 330, 190, 104),
    "inflammation": Box(("scalp_inflammation",), ("Scalp", "inflammation"), 330, 484, 104),
    "tension": Box(
        ("galea_tension",), ("Galea", "tension"), 330, 580, 104,
        (Chip("skull shape", ("skull-shape-raises-tension",), "raises"),),
    ),
    "contraction": Box(("muscle_contraction",), ("Pull of the", "muscles"), 330, 694, 104),
    "androgen": Box(
        ("androgen_signal",), ("Androgen", "signal"), 470, 190, 124,
        (Chip("spironolactone", ("spironolactone-lowers-androgen-signal",), "lowers"),),
    ),
    "tgf": Box(("tgf_beta",), ("TGF-beta",), 479, 484, 106, least_height=48),
    "prostaglandin": Box(("prostaglandin_d2",), ("Prostaglandin", "D2"), 632, 118, 110),
    "sebaceous": Box(("sebaceous_size",), ("Sebaceous", "glands"), 632, 236, 110),
    "vessels": Box(("vessel_density",), ("Vessel", "density"), 632, 371, 110),
    "flow": Box(
        ("blood_flow",), ("Blood flow",), 632, 484, 110,
        (Chip("minoxidil", ("topical-minoxidil-raises-flow", "oral-minoxidil-raises-flow"), "raises"),),
    ),
    "fibrosis": Box(
        ("fibrosis", "scar"), ("Fibrosis",), 632, 597, 92,
        (Chip("scar", ("fibrosis-raises-scar", "scar-holds-fibrosis"), "raises"),),
    ),
    "calcification": Box(("calcification",), ("Calcification",), 632, 709, 110, least_height=48),
    # oxygen
    "hypoxia": Box(("hypoxia",), ("Hypoxia", "of the bulb"), 790, 359, 110),
    "po2": Box(
        ("bulb_po2",), ("Oxygen at", "the bulb"), 790, 484, 110,
        (Chip("chance", ("network-scatters-oxygen",), "raises"),),
        least_height=92,
    ),
    # follicle
    "drive": Box(
        ("miniaturizing_drive", "sensitivity", "inherited_sensitivity"), ("Miniaturizing", "drive"), 936, 198, 130,
        (
            Chip("own genes", ("genetics-raise-inherited-sensitivity",), "raises"),
            Chip(
                "lost estrogen",
                ("estrogen-loss-drives-miniaturization", "menopause-raises-estrogen-loss"),
                "raises",
            ),
        ),
    ),
    "cycle": Box(
        ("anagen_speed", "kenogen_stretch", "telogen_release"), ("Shorter growth,", "longer rest"), 1096, 100, 132,
        (
            Chip(
                "minoxidil: rest",
                ("topical-minoxidil-shortens-kenogen", "oral-minoxidil-shortens-kenogen"),
                "lowers",
            ),
            Chip(
                "shed at start",
                ("topical-minoxidil-releases-resting-hair", "oral-minoxidil-releases-resting-hair"),
                "raises",
            ),
        ),
    ),
    "size": Box(
        ("size_loss",), ("Size lost at", "each new cycle"), 1096, 298, 132,
        (Chip("microneedling", ("microneedling-regrows-follicle",), "lowers"),),
    ),
    "ceiling": Box(("ceiling_drop",), ("Lower ceiling", "of the size"), 1096, 597, 132),
    # hair
    "hair": Box(
        ("follicle_loss",), ("Hairs", "you see"), 1258, 348, 82,
        (Chip("age", ("age-raises-follicle-loss",), "lowers"),),
        least_height=560,
    ),
}  # fmt: skip

LINES: tuple[Line, ...] = (
    # straight to the cycle
    Line(("topical-minoxidil-slows-anagen", "oral-minoxidil-slows-anagen"), "minoxidil:right", "cycle:left-26",
         badge=0.30, tag=(16, 0), tag_anchor="start"),
    Line(("prostaglandin-shortens-anagen",), "prostaglandin:right", "cycle:left+18", badge=0.15,
         tag=(16, 0), tag_anchor="start"),
    # androgen
    Line(
        ("finasteride-lowers-reductase-2", "dutasteride-lowers-reductase-2", "dutasteride-lowers-reductase-1"),
        "blockers:right", "reductase:left+8", badge=0.4,
    ),
    Line(("topical-finasteride-lowers-reductase-2",), "topical:right+14", "reductase:left-24", (146,), badge=0.4),
    Line(("topical-finasteride-lowers-scalp-dht",), "topical:right-8", "dht:left-16", badge=0.4),
    Line(("reductase-1-raises-scalp-dht", "reductase-2-raises-scalp-dht"), "reductase:right", "dht:bottom-36",
         badge=0.3),
    Line(("spironolactone-lowers-testosterone",), "spironolactone:right", "testosterone:left", badge=0.4),
    Line(("testosterone-raises-scalp-dht",), "testosterone:right", "dht:bottom-12", badge=0.35),
    Line(("clascoterone-lowers-androgen-signal",), "clascoterone:right", "androgen:top-24", badge=0.4),
    Line(("dht-raises-androgen-signal",), "dht:right", "androgen:left", badge=0.36),
    Line(("androgen-drives-miniaturization",), "androgen:right", "drive:left-8", badge=0.2,
         tag=(16, 0), tag_anchor="start"),
    Line(("androgen-raises-prostaglandin",), "androgen:top+24", "prostaglandin:left", badge=0.62),
    Line(("androgen-raises-sebaceous-size",), "androgen:right+22", "sebaceous:left", (611,), badge=0.35),
    Line(("sebaceous-glands-drive-miniaturization",), "sebaceous:right-14", "drive:left+24", badge=0.15,
         tag=(16, 0), tag_anchor="start"),
    Line(("androgen-raises-tgf-beta",), "androgen:bottom", "tgf:top", badge=0.62),
    # inflammation
    Line(("massage-lowers-tension",), "massage:right", "tension:left-14", (146,), badge=0.5),
    Line(("botulinum-lowers-contraction",), "botulinum:right", "contraction:left", (313,), badge=0.5),
    Line(("contraction-raises-tension",), "contraction:top", "tension:bottom", badge=0.45),
    Line(("tension-raises-inflammation",), "tension:top", "inflammation:bottom", badge=0.45),
    Line(("systemic-inflammation-raises-scalp-inflammation",), "systemic:right", "inflammation:left", badge=0.353),
    Line(("inflammation-raises-scalp-dht",), "inflammation:top+18", "dht:bottom+18", badge=0.3,
         tag=(-14, 24), tag_anchor="middle"),
    Line(("inflammation-raises-tgf-beta",), "inflammation:right", "tgf:left", badge=0.45),
    Line(("inflammation-raises-calcification",), "inflammation:right+14", "calcification:left+12", (455,), badge=0.55),
    Line(("inflammation-drives-miniaturization",), "inflammation:right-14", "drive:bottom-26", (455, 284),
         badge=0.42, tag=(16, 0), tag_anchor="start"),
    # magnesium
    Line(("food-raises-absorbed-magnesium",), "food:right", "absorbed:left-12", badge=0.38),
    Line(("supplements-raise-absorbed-magnesium",), "pills:right", "absorbed:left+4", (140,), badge=0.5),
    Line(("skin-raises-absorbed-magnesium",), "skin:right", "absorbed:left+20", (152,), badge=0.55),
    Line(("absorption-raises-plasma-magnesium",), "absorbed:bottom", "plasma:top", badge=0.36),
    Line(("magnesium-raises-t50",), "plasma:bottom", "t50:top", badge=0.36),
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
    Line(("vessels-lower-size-loss",), "vessels:top", "size:left+20", badge=0.2, tag=(16, 0), tag_anchor="start"),
    Line(("hypoxia-drives-miniaturization",), "hypoxia:right", "drive:bottom+10", badge=0.2,
         tag=(0, 20), tag_anchor="start"),
    Line(("fibrosis-lowers-ceiling",), "fibrosis:right+10", "ceiling:left+10", badge=0.6,
         tag=(14, -15), tag_anchor="start"),
    Line(("drive-speeds-anagen", "drive-stretches-kenogen"), "drive:right-12", "cycle:bottom-22", badge=0.3),
    Line(("drive-shrinks-follicle",), "drive:right+12", "size:top-22", badge=0.3),
    # the follicles themselves: no arrow, the automaton
    Line((), "cycle:right", "hair:left-248"),
    Line((), "size:right", "hair:left-50"),
    Line((), "ceiling:right", "hair:left+249"),
)  # fmt: skip

KEY: Rect = (946.0, 660.0, 1344.0, 912.0)
"""Where the key stands: left, top, right, bottom."""


def placed() -> tuple[str, ...]:
    """Every arrow that is drawn as a line or stands in a chip."""
    lines = [name for line in LINES for name in line.arrows]
    return (*lines, *(name for box in BOXES.values() for chip in box.chips for name in chip.arrows))
