"""What does not go together in one table of a scenario, each with how to mend it."""

from __future__ import annotations

from anagen.tables import ProductTable, SupplementTable

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
    if formula is None and table.elemental is None and table.salt is None:
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
    return found
