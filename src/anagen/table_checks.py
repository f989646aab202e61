"""What does not go together in one table of a scenario, each with how to mend it."""

from __future__ import annotations

from anagen.intake.salts import elemental_fraction
from anagen.quantities import Elemental
from anagen.table_records import calcium_of_product
from anagen.tables import ProductTable, SupplementTable

FITTING = (
    'write calcium for what the magnesium is written for: elemental = "50 mg per tablet" goes with calcium ='
    ' "100 mg per tablet" or calcium_mg = 100, a share with "8 %", a liquid with "20 mg/mL"; or give unit_mass'
)
CURVES = ("MgCl2", "MgSO4")  # salts whose solutions have a density curve


def misused(table: SupplementTable) -> list[tuple[str, str]]:
    """Keys of a supplement that do not go together, each with how to mend it."""
    found: list[tuple[str, str]] = []
    read = table.label_text is not None or table.daily_value_percent is not None
    if not read:
        found += [(key, "this key is needed") for key in ("product", "amount") if getattr(table, key) is None]
        for key in ("servings", "serving", "daily_value_year"):
            if getattr(table, key) is not None:
                found.append((key, "it goes with label_text or daily_value_percent; leave it out here"))
        return found
    if table.label_text is not None:
        if table.product is not None:
            found.append(("product", "label_text names the product; leave product out"))
        if table.daily_value_percent is not None:
            found.append(("daily_value_percent", "write it into label_text, or leave label_text out"))
    elif table.label is not None:
        found.append(("label", "a percentage is always of magnesium itself; leave label out"))
    for key in ("unit_mass", "strength"):
        if getattr(table, key, None) is not None:
            found.append((key, "the label says this; leave it out"))
    if table.amount is not None and table.servings is not None:
        found.append(("servings", 'write how much is taken once: servings = 2, or amount = "2 capsules"'))
    if table.serving is not None and table.serving.kind == "mass":
        found.append(("serving", 'a serving is a number or a volume, such as "2 capsules" or "15 mL"'))
    return found


def unclear(table: ProductTable, formula: str | None) -> list[tuple[str, str]]:
    """What keeps a described product from being weighed, each with how to mend it."""
    found: list[tuple[str, str]] = []
    states_calcium = table.calcium is not None or bool(table.calcium_mg)
    if formula is None and table.elemental is None and table.salt is None and not states_calcium:
        found.append(("elemental", 'write salt = "magnesium chloride", or the magnesium in it: elemental = "12 %"'))
    holds = "" if table.elemental is None else table.elemental.kind
    if table.elemental is not None and table.strength is not None:
        found.append(("strength", "write elemental or strength, not both"))
    if table.unit_mass is not None and holds == "mg/unit":
        found.append(("unit_mass", "elemental says what one holds; leave unit_mass out"))
    if table.strength is not None and table.strength.kind != "mg/mL" and formula is None:
        found.append(("strength", 'a percentage needs its salt, or write it as "33 mg/mL" of magnesium'))
    if table.kind == "topical":
        if holds in ("share", "mg/unit"):
            found.append(
                ("elemental", 'what is laid on the skin is known by the mL: "100 mg/mL", or salt and strength')
            )
        if formula is not None and holds == "" and not formula.startswith(CURVES):
            found.append(("elemental", 'for this salt write the magnesium in 1 mL, such as elemental = "20 mg/mL"'))
    elif table.kind == "bath":
        if holds in ("mg/mL", "mg/unit") or table.strength is not None:
            found.append(("elemental", 'what goes into a bath is weighed: write salt, or elemental = "12 %"'))
    elif table.strength is not None and table.strength.kind in ("w/w", "parts") and table.strength.basis_stated:
        found.append(("strength", 'write it as "8 % w/v" or as "33 mg/mL" of magnesium'))
    return found + _unclear_calcium(table, formula)


def _unclear_calcium(table: ProductTable, formula: str | None) -> list[tuple[str, str]]:
    """What keeps the calcium of a described product from being added up, each with how to mend it."""
    stated = "calcium" if table.calcium_mg is None else "calcium_mg"
    calcium = calcium_of_product(table)
    found: list[tuple[str, str]] = []
    if table.calcium is not None and table.calcium_mg is not None:
        found.append(("calcium_mg", "write calcium or calcium_mg, not both"))
    if table.kind in ("topical", "bath"):
        if calcium is not None:
            found.append((stated, "calcium counts only where it is swallowed; leave it out"))
        if formula is not None and elemental_fraction(formula) == 0:
            key = "formula" if table.salt is None else "salt"
            found.append((key, "on the skin and in a bath only magnesium is followed, and this holds none"))
        return found
    if formula is not None and elemental_fraction(formula) == 0 and table.elemental is not None:
        found.append(("elemental", "the salt holds no magnesium; leave out one of the two, or write calcium for it"))
    if calcium is not None and not _goes_with(table, formula, calcium):
        found.append((stated, FITTING))
    return found


def _goes_with(table: ProductTable, formula: str | None, calcium: Elemental) -> bool:
    """Whether calcium is written for the same thing, mass or volume as the magnesium; alone, it may be any."""
    holds = table.elemental
    if holds is not None and holds.kind == calcium.kind == "mg/unit":
        return calcium.counted == holds.counted
    kinds: set[str] = set() if holds is None else {holds.kind}
    if table.strength is not None:
        kinds.add("mg/mL")
    elif formula is not None:
        kinds.add("share")
    if table.unit_mass is not None:
        kinds.add("mg/unit")
    return not kinds or calcium.kind in kinds
