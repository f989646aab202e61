"""The salts of magnesium: names, formulas, and how much of each is magnesium. Those of calcium: `calcium_salts`.

The share of an element is worked out from the formula by `molmass`, never typed in.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from anagen.quantities import QuantityError

Solubility = Literal["food", "soluble", "oxide", "hydroxide", "skin", "bath", "water"]
Element = Literal["Mg", "Ca"]
ELEMENT_WORDS: dict[Element, str] = {"Mg": "magnesium", "Ca": "calcium"}


@dataclass(frozen=True)
class Salt:
    """One salt of magnesium, of calcium, or of both.

    Attributes
    ----------
    name : plain name; formula : with waters of crystallization, as molmass reads it.
    aliases : other names people write.
    solubility : the class that the gut's absorption of it goes by.
    """

    name: str
    formula: str
    aliases: tuple[str, ...] = ()
    solubility: Solubility = "soluble"


SALTS: tuple[Salt, ...] = (
    Salt("magnesium oxide", "MgO", ("oxide", "magnesia powder", "mag oxide"), "oxide"),
    Salt("magnesium hydroxide", "Mg(OH)2", ("hydroxide",), "hydroxide"),
    Salt("magnesium chloride, anhydrous", "MgCl2", ("anhydrous magnesium chloride",)),
    Salt("magnesium chloride hexahydrate", "MgCl2.6H2O", ("magnesium chloride", "chloride", "bischofite", "nigari")),
    Salt("magnesium sulfate, anhydrous", "MgSO4", ("anhydrous magnesium sulfate",)),
    Salt(
        "magnesium sulfate heptahydrate",
        "MgSO4.7H2O",
        ("epsom salt", "epsom salts", "magnesium sulfate", "magnesium sulphate", "sulfate", "bitter salt",
         "bittersalz"),
    ),
    Salt("magnesium carbonate", "MgCO3", ("carbonate", "anhydrous magnesium carbonate"), "hydroxide"),
    Salt(
        "magnesium hydroxycarbonate pentahydrate",
        "(MgCO3)4(Mg(OH)2).5H2O",
        ("light magnesium carbonate", "heavy magnesium carbonate", "magnesium carbonate hydroxide", "hydromagnesite",
         "magnesium hydroxycarbonate", "basic magnesium carbonate"),
        "hydroxide",
    ),
    Salt(
        "trimagnesium dicitrate",
        "Mg3(C6H5O7)2",
        ("magnesium citrate", "citrate", "trimagnesium citrate", "trimagnesium dicitrate anhydrous", "mag citrate"),
    ),
    Salt("trimagnesium dicitrate nonahydrate", "Mg3(C6H5O7)2.9H2O", ("magnesium citrate nonahydrate",)),
    Salt(
        "magnesium hydrogen citrate",
        "MgC6H6O7",
        ("monomagnesium citrate", "magnesium citrate 1:1", "dimagnesium hydrogen citrate"),
    ),
    Salt(
        "magnesium bisglycinate",
        "Mg(C2H4NO2)2",
        ("magnesium glycinate", "glycinate", "bisglycinate", "magnesium diglycinate", "chelated magnesium"),
    ),
    Salt("magnesium bisglycinate dihydrate", "Mg(C2H4NO2)2.2H2O", ("magnesium glycinate dihydrate",)),
    Salt("magnesium malate", "MgC4H4O5", ("malate", "magnesium malate 1:1")),
    Salt("magnesium malate trihydrate", "MgC4H4O5.3H2O"),
    Salt("magnesium dimalate", "Mg(C4H5O5)2", ("dimalate", "dimagnesium malate", "magnesium hydrogen malate",
         "magnesium bis(hydrogen malate)", "hydrogen malate")),
    Salt("magnesium taurate", "Mg(C2H6NO3S)2", ("taurate", "magnesium taurinate")),
    Salt("magnesium L-threonate", "Mg(C4H7O5)2", ("magnesium threonate", "threonate", "l-threonate")),
    Salt("magnesium aspartate", "Mg(C4H6NO4)2", ("aspartate",)),
    Salt("magnesium aspartate dihydrate", "Mg(C4H6NO4)2.2H2O"),
    Salt(
        "magnesium aspartate hydrochloride trihydrate",
        "MgC4H6NO4Cl.3H2O",
        ("magnesium aspartate hydrochloride", "magnesium aspartate hcl"),
    ),
    Salt("magnesium aspartate hydrochloride, anhydrous", "MgC4H6NO4Cl",
         ("anhydrous magnesium aspartate hydrochloride", "anhydrous magnesium aspartate hcl")),
    Salt("magnesium orotate", "Mg(C5H3N2O4)2", ("orotate",)),
    Salt("magnesium orotate dihydrate", "Mg(C5H3N2O4)2.2H2O"),
    Salt("magnesium lactate", "Mg(C3H5O3)2", ("lactate",)),
    Salt("magnesium lactate dihydrate", "Mg(C3H5O3)2.2H2O"),
    Salt("magnesium lactate trihydrate", "Mg(C3H5O3)2.3H2O"),
    Salt("magnesium gluconate", "Mg(C6H11O7)2", ("gluconate",)),
    Salt("magnesium gluconate dihydrate", "Mg(C6H11O7)2.2H2O"),
    Salt("magnesium glycerophosphate", "MgC3H7O6P", ("glycerophosphate",)),
    Salt("magnesium pidolate", "Mg(C5H6NO3)2", ("pidolate", "magnesium pyroglutamate")),
    Salt("magnesium acetate tetrahydrate", "Mg(C2H3O2)2.4H2O"),
    Salt("magnesium acetate", "Mg(C2H3O2)2", ("acetate",)),
    Salt("magnesium ascorbate", "Mg(C6H7O6)2", ("ascorbate",)),
    Salt("magnesium stearate", "Mg(C18H35O2)2", ("stearate",), "hydroxide"),
    Salt("magnesium hydrogen phosphate trihydrate", "MgHPO4.3H2O", ("magnesium phosphate", "dimagnesium phosphate",
         "magnesium hydrogen phosphate"), "hydroxide"),
    Salt("magnesium hydrogen phosphate, anhydrous", "MgHPO4",
         ("anhydrous magnesium hydrogen phosphate", "anhydrous magnesium phosphate", "anhydrous dimagnesium phosphate"),
         "hydroxide"),
    Salt("calcium magnesium carbonate", "CaMg(CO3)2", ("dolomite", "dolomite powder", "dolomite tablets"), "hydroxide"),
)  # fmt: skip


def dry_names(salt: Salt) -> tuple[str, ...]:
    """What a salt without water of crystallization is called where that is said: "anhydrous magnesium acetate".

    Examples
    --------
    >>> dry_names(Salt("magnesium acetate", "Mg(C2H3O2)2")), dry_names(Salt("Epsom salt", "MgSO4.7H2O"))
    (('anhydrous magnesium acetate', 'magnesium acetate anhydrous'), ())
    """
    if "H2O" in salt.formula:
        return ()
    full = [name for name in (salt.name, *salt.aliases) if any(word in name for word in ELEMENT_WORDS.values())]
    names = [name for name in full if "anhydrous" not in name]
    return tuple(spelling for name in names for spelling in (f"anhydrous {name}", f"{name} anhydrous"))


@cache
def salts_by_formula() -> dict[str, Salt]:
    """Every salt by its formula."""
    return {salt.formula: salt for salt in SALTS}


@cache
def elemental_fraction(formula: str, element: Element = "Mg") -> float:
    """Mass of magnesium (or of calcium) in a mass of the salt.

    elemental fraction = (atoms of magnesium x 24.305) / molar mass; of calcium, atoms x 40.078

    Parameters
    ----------
    formula : such as "MgCl2.6H2O".
    element : "Mg" or "Ca".

    Returns
    -------
    float
        g of the element per g of salt, 0 to 1; 0 where the salt holds none of it.

    Examples
    --------
    >>> round(elemental_fraction("MgO"), 3), round(elemental_fraction("CaCO3", "Ca"), 3), elemental_fraction("CaCO3")
    (0.603, 0.4, 0.0)
    """
    from molmass import Formula  # a tenth of a second to import, so only where a salt is weighed

    composition = Formula(formula).composition()
    return float(composition[element].fraction) if element in composition else 0.0


LONGEST_FORMULA = 60
FORMULA_HINT = 'write a formula that holds magnesium or calcium, such as "MgCl2.6H2O" or "CaCO3"'
# elements with a count, groups with a count, and water of crystallization behind a dot; nothing else reaches molmass,
# which reads isotopes, peptides and abbreviations too
FORMULA = re.compile(r"(?:[A-Z][a-z]?\d{0,3}|\(|\)\d{0,2}|\.\d{0,2})+")


def checked_formula(text: object) -> str:
    """A formula as a person may write it: short, of elements and groups only, and holding magnesium or calcium.

    Raises
    ------
    QuantityError
        Where it is no such formula.

    Examples
    --------
    >>> checked_formula("Mg(C3H5O3)2 . 2H2O")
    'Mg(C3H5O3)2.2H2O'
    """
    if not isinstance(text, str) or len(text) > LONGEST_FORMULA:
        raise QuantityError(FORMULA_HINT)
    formula = "".join(text.split()).replace("\u00b7", ".").replace("*", ".")
    if FORMULA.fullmatch(formula) is None:
        raise QuantityError(FORMULA_HINT)
    try:
        fraction = elemental_fraction(formula) + elemental_fraction(formula, "Ca")
    except Exception:  # molmass raises its own and others for what is no formula; all mean the same here
        raise QuantityError(FORMULA_HINT) from None
    if not fraction > 0:
        raise QuantityError(FORMULA_HINT)
    if math.isclose(fraction, 1):
        raise QuantityError("it must be a compound of magnesium or calcium, not the metal")
    return formula
