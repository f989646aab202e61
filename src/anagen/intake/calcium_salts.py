"""The salts of calcium that are sold by mouth: names and formulas. How much is calcium follows from the formula.

A bare name stands for the form that is usual on sale: calcium citrate for the tetrahydrate, calcium lactate for the
pentahydrate, calcium gluconate for the monohydrate, calcium chloride for the dihydrate.
"""

from __future__ import annotations

from functools import cache

from anagen.intake.salts import Salt

CALCIUM_SALTS: tuple[Salt, ...] = (
    Salt(
        "calcium carbonate",
        "CaCO3",
        ("carbonate of calcium", "oyster shell calcium", "oyster shell calcium carbonate", "precipitated chalk"),
    ),
    Salt(
        "calcium citrate tetrahydrate",
        "Ca3(C6H5O7)2.4H2O",
        ("calcium citrate", "tricalcium citrate", "tricalcium dicitrate", "tricalcium dicitrate tetrahydrate"),
    ),
    Salt("calcium citrate, anhydrous", "Ca3(C6H5O7)2", ("anhydrous calcium citrate",)),
    Salt("calcium lactate pentahydrate", "Ca(C3H5O3)2.5H2O", ("calcium lactate",)),
    Salt("calcium lactate, anhydrous", "Ca(C3H5O3)2", ("anhydrous calcium lactate",)),
    Salt("calcium gluconate monohydrate", "Ca(C6H11O7)2.H2O", ("calcium gluconate",)),
    Salt("calcium gluconate, anhydrous", "Ca(C6H11O7)2", ("anhydrous calcium gluconate",)),
    Salt("calcium chloride dihydrate", "CaCl2.2H2O", ("calcium chloride",)),
    Salt("calcium chloride, anhydrous", "CaCl2", ("anhydrous calcium chloride",)),
    Salt("calcium chloride hexahydrate", "CaCl2.6H2O"),
    Salt("tricalcium phosphate", "Ca3(PO4)2", ("calcium phosphate", "tribasic calcium phosphate")),
    Salt("dicalcium phosphate", "CaHPO4", ("calcium hydrogen phosphate", "dibasic calcium phosphate")),
    Salt(
        "dicalcium phosphate dihydrate",
        "CaHPO4.2H2O",
        ("calcium hydrogen phosphate dihydrate", "dibasic calcium phosphate dihydrate"),
    ),
    Salt(
        "monocalcium phosphate monohydrate",
        "Ca(H2PO4)2.H2O",
        ("monocalcium phosphate", "monobasic calcium phosphate", "calcium dihydrogen phosphate"),
    ),
    Salt("calcium hydroxyapatite", "Ca5(PO4)3OH", ("hydroxyapatite", "hydroxylapatite")),
    Salt("calcium acetate", "Ca(C2H3O2)2"),
    Salt("calcium malate", "CaC4H4O5"),
    Salt("calcium bisglycinate", "Ca(C2H4NO2)2", ("calcium glycinate", "calcium diglycinate", "chelated calcium")),
    Salt("calcium aspartate", "Ca(C4H6NO4)2"),
    Salt("calcium ascorbate dihydrate", "Ca(C6H7O6)2.2H2O", ("calcium ascorbate",)),
    Salt("calcium orotate", "Ca(C5H3N2O4)2"),
    Salt("calcium pidolate", "Ca(C5H6NO3)2"),
    Salt("calcium L-threonate", "Ca(C4H7O5)2", ("calcium threonate",)),
    Salt("calcium glycerophosphate", "CaC3H7O6P"),
    Salt("calcium sulfate dihydrate", "CaSO4.2H2O", ("calcium sulfate", "calcium sulphate", "gypsum")),
    Salt("calcium sulfate, anhydrous", "CaSO4", ("anhydrous calcium sulfate",)),
    Salt("calcium hydroxide", "Ca(OH)2"),
    Salt("calcium oxide", "CaO"),
    Salt("calcium pantothenate", "Ca(C9H16NO5)2", ("calcium d-pantothenate",)),
    Salt("calcium stearate", "Ca(C18H35O2)2"),
)


@cache
def calcium_salts_by_formula() -> dict[str, Salt]:
    """Every salt of calcium by its formula."""
    return {salt.formula: salt for salt in CALCIUM_SALTS}
