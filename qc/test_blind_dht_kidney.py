"""The blind second versions of filtration, DHT under drugs and magnesium absorption against their own descriptions.

These tests do not look at the package: comparing the two is a separate step.
"""

from __future__ import annotations

from types import ModuleType

import absorption
import dht
import kidney
import pytest

# kidney


@pytest.mark.parametrize(("creatinine", "age", "female", "shown"), kidney.CALCULATOR)
def test_filtration_agrees_with_the_calculator_in_whole_numbers(
    creatinine: float, age: float, female: bool, shown: int
) -> None:
    assert round(kidney.egfr(creatinine, age, female)) == shown


@pytest.mark.parametrize(
    ("creatinine", "age", "female", "by_hand"),
    [
        # at k and age 0 every power is 1: 142, and 142 * 1.012
        (0.9, 0.0, False, 142.0),
        (0.7, 0.0, True, 143.704),
        # ln 142 = 4.955827; ln 0.9938 = -0.00621930
        # 4.955827 - 1.2 * ln(1/0.9) [0.126433] - 40 * 0.0062193 [0.248772] = 4.580622 -> 97.575
        (1.0, 40.0, False, 97.575),
        # below k: 4.955827 + 0.302 * ln(0.9/0.6) [0.122451] - 50 * 0.0062193 [0.310965] = 4.767313 -> 117.603
        (0.6, 50.0, False, 117.603),
        # below k: 4.955827 + 0.241 * ln(1.4) [0.081090] - 30 * 0.0062193 [0.186579] + ln 1.012 [0.011929]
        # = 4.862267 -> 129.317
        (0.5, 30.0, True, 129.317),
        # twice k: 4.955827 - 1.2 ln 2 [0.831777] - 70 * 0.0062193 [0.435351] + 0.011929 = 3.700628 -> 40.473
        (1.4, 70.0, True, 40.473),
    ],
)
def test_filtration_by_logarithms(creatinine: float, age: float, female: bool, by_hand: float) -> None:
    assert kidney.egfr(creatinine, age, female) == pytest.approx(by_hand, abs=2e-3)


def test_the_two_branches_meet_at_kappa() -> None:
    for female, kappa in kidney.KAPPA.items():
        below, above = (kidney.egfr(kappa * (1.0 + step), 40.0, female) for step in (-1e-9, 1e-9))
        assert below == pytest.approx(above, rel=1e-8)


def test_micromol_per_liter() -> None:
    # C4H7N3O: 4 * 12.011 + 7 * 1.008 + 3 * 14.007 + 15.999 = 113.120; 10 mg/L over that is 88.40 micromol/L
    assert kidney.mg_dl_from_umol_l(88.4) == 1.0
    assert pytest.approx(10.0 / 113.120 * 1000.0, abs=5e-3) == kidney.UMOL_PER_L_IN_MG_PER_DL


@pytest.mark.parametrize(("creatinine", "age"), [(0.0, 40.0), (-1.0, 40.0), (float("nan"), 40.0), (1.0, -1.0)])
def test_filtration_names_bad_input(creatinine: float, age: float) -> None:
    with pytest.raises(ValueError, match=r"creatinine_mg_dl|age"):
        kidney.egfr(creatinine, age, False)


# DHT


def test_no_drug_leaves_testosterone_alone() -> None:
    assert dht.serum_dht(1.0, 0.0, 0.0) == pytest.approx(1.0)
    assert dht.serum_dht(0.64, 0.0, 0.0) == pytest.approx(0.64)
    assert dht.scalp_dht(0.64, 0.0, 0.0) == pytest.approx(0.8)


def test_by_hand_at_the_half_doses() -> None:
    # finasteride 0.03: A2 = 1/2, A1 = 40/40.03 = 0.99925056; serum 0.36 + 0.28 * A1 = 0.63979016
    assert dht.serum_dht(1.0, 0.03, 0.0) == pytest.approx(0.63979016, abs=1e-8)
    # dutasteride 0.7: A1 = 1/2, A2 = 0.06/0.76 = 0.07894737; scalp 0.65 * A2 + 0.175 = 0.22631579
    assert dht.scalp_dht(1.0, 0.0, 0.7) == pytest.approx(0.22631579, abs=1e-8)
    # finasteride 40: A1 = 1/2 and of type 2 only 0.0009/1600.0009 = 5.6e-7; serum 0.14
    assert dht.serum_dht(1.0, 40.0, 0.0) == pytest.approx(0.14, abs=1e-6)


def test_both_drugs_by_hand() -> None:
    # finasteride 1: A2 = 0.0009/1.0009 = 0.00089919, A1 = 40/41 = 0.97560976
    # dutasteride 0.5: A2 = 0.06/0.56 = 0.10714286, A1 = 0.7/1.2 = 0.58333333; products 0.00009634 and 0.56910569
    # serum at T = 1.21: 1.21 * (0.72 * 0.00009634 + 0.28 * 0.56910569) = 1.21 * 0.15941896 = 0.19289694
    assert dht.serum_dht(1.21, 1.0, 0.5) == pytest.approx(0.19289694, abs=1e-7)
    # scalp: 1.1 * (0.65 * 0.00009634 + 0.35 * 0.56910569) = 1.1 * 0.19924961 = 0.21917457
    assert dht.scalp_dht(1.21, 1.0, 0.5) == pytest.approx(0.21917457, abs=1e-7)


def test_the_hill_form_is_the_described_one() -> None:
    for hill in (*dht.FINASTERIDE, *dht.DUTASTERIDE):
        h, n = hill
        for d in (0.01, 0.3, 2.0):
            assert dht.left_over(d, hill) == pytest.approx(1.0 - d**n / (h**n + d**n))


def test_another_set_of_constants() -> None:
    # steepness 3 at half dose 1 and dose 2: 1/9 left of both enzymes, whatever the share
    other = dht.Drug(dht.Hill(1.0, 3.0), dht.Hill(1.0, 3.0))
    assert dht.serum_dht(1.0, 2.0, 0.0, type2_share=0.3, finasteride=other) == pytest.approx(1.0 / 9.0)
    assert dht.scalp_dht(2.0, 0.0, 2.0, testosterone_power=1.0, dutasteride=other) == pytest.approx(2.0 / 9.0)


# the misses of the docstring, in points: curve less anchor, in the order of the anchors
MISSES = [-3.5, -2.0, -1.2, -2.9, -4.3, -2.1, 8.4, 13.8, -7.2, -1.7, 0.5, -27.9, 18.7, 16.0, 2.7, -21.6, -11.8]


@pytest.mark.parametrize(("anchor", "miss"), list(zip(dht.ANCHORS, MISSES, strict=True)))
def test_each_anchor_is_missed_by_what_the_docstring_says(anchor: dht.Anchor, miss: float) -> None:
    assert dht.change(anchor) - anchor.change == pytest.approx(miss, abs=0.051)


def test_serum_under_finasteride_is_met() -> None:
    met = [a for a in dht.ANCHORS if (a.tissue, a.drug) == ("serum", "finasteride")]
    assert max(abs(dht.change(a) - a.change) for a in met) < 4.5
    # T = 1.1 brings Drake's four within 1.6 points
    for a in met[:4]:
        assert 100.0 * (dht.serum_dht(1.1, a.dose_mg, 0.0) - 1.0) == pytest.approx(a.change, abs=1.6)


def test_against_placebo_by_hand() -> None:
    # 100 - 61.6 = 38.4 of 100 - 13.0 = 87.0 is 44.138 %
    assert dht.against_placebo(-61.6) == pytest.approx(-55.862, abs=1e-3)
    assert dht.against_placebo(-13.0) == pytest.approx(0.0)


def test_serum_and_scalp_never_differ_by_more_than_the_shares_do() -> None:
    doses = [0.0, 0.01, 0.05, 0.2, 0.5, 1.0, 2.5, 5.0, 50.0]
    for f in doses:
        for d in doses:
            assert abs(dht.serum_dht(1.0, f, d) - dht.scalp_dht(1.0, f, d)) <= 0.07


def test_more_drug_never_raises_dht() -> None:
    doses = [0.0, 0.01, 0.05, 0.2, 0.5, 1.0, 2.5, 5.0, 50.0]
    for curve in (dht.serum_dht, dht.scalp_dht):
        for other in (0.0, 0.5):
            finasteride = [curve(1.0, d, other) for d in doses]
            dutasteride = [curve(1.0, other, d) for d in doses]
            assert finasteride == sorted(finasteride, reverse=True)
            assert dutasteride == sorted(dutasteride, reverse=True)


def test_one_half_dose_for_both_enzymes_meets_dutasteride_in_serum_alone() -> None:
    # left over at 0.5 mg: 0.028/0.528 = 0.05303; at 5 mg: 0.028/5.028 = 0.00557; the shares drop out
    same = dht.Drug(dht.Hill(0.028, 1.0), dht.Hill(0.028, 1.0))
    assert dht.serum_dht(1.0, 0.0, 0.5, dutasteride=same) == pytest.approx(0.05303, abs=1e-5)
    assert dht.serum_dht(1.0, 0.0, 5.0, dutasteride=same) == pytest.approx(0.00557, abs=1e-5)
    assert dht.scalp_dht(1.0, 0.0, 0.5, dutasteride=same) == pytest.approx(0.05303, abs=1e-5)


def test_dht_names_a_bad_dose() -> None:
    with pytest.raises(ValueError, match="dose_mg"):
        dht.serum_dht(1.0, -0.1, 0.0)


# absorption


def test_the_quoted_constants_meet_the_anchors() -> None:
    # 40.2/(32.9 + 36.46) + 0.07 = 0.64958; 40.2/(32.9 + 973) + 0.07 = 0.10996; 36 mg itself: 40.2/68.9 + 0.07 = 0.65345
    assert absorption.absorbed(36.46) / 36.46 == pytest.approx(0.64958, abs=1e-5)
    assert absorption.absorbed(973.0) / 973.0 == pytest.approx(0.10996, abs=1e-5)
    assert absorption.absorbed(36.0) / 36.0 == pytest.approx(0.65345, abs=1e-5)


@pytest.mark.parametrize(
    ("low", "high", "vmax", "k"),
    [
        # K = (0.04 * 973 - 0.58 * 36) / 0.54 = (38.92 - 20.88) / 0.54 = 33.4074; Vmax = 0.58 * 69.4074 = 40.2563
        (36.0, 973.0, 40.2563, 33.4074),
        # (38.92 - 21.1468) / 0.54 = 32.9133; 0.58 * 69.3733 = 40.2365
        (36.46, 973.0, 40.2365, 32.9133),
        # 40 mmol: (38.888 - 21.1468) / 0.54 = 32.8541; 0.58 * 69.3141 = 40.2022
        (36.46, 972.2, 40.2022, 32.8541),
        # 41.5 mmol: (40.348 - 21.1468) / 0.54 = 35.5578; 0.58 * 72.0178 = 41.7703
        (36.46, 1008.7, 41.7703, 35.5578),
    ],
)
def test_constants_solved_by_hand(low: float, high: float, vmax: float, k: float) -> None:
    assert absorption.solve(low, high) == pytest.approx((vmax, k), abs=1e-4)


@pytest.mark.parametrize(("low", "high"), [reading[1:] for reading in absorption.READINGS])
def test_solved_constants_pass_through_both_anchors(low: float, high: float) -> None:
    vmax, k = absorption.solve(low, high)
    assert absorption.absorbed(low, vmax=vmax, k=k) == pytest.approx(0.65 * low)
    assert absorption.absorbed(high, vmax=vmax, k=k) == pytest.approx(0.11 * high)


def test_the_lowest_meal_of_one_and_a_half_mmol_gives_the_quoted_pair() -> None:
    (_, *quoted), (_, *supplement_only) = absorption.READINGS[1:3]
    assert tuple(round(v, 1) for v in absorption.solve(*quoted)) == (40.2, 32.9)
    assert tuple(round(v, 1) for v in absorption.solve(*supplement_only)) == (40.2, 32.9)
    assert tuple(round(v, 1) for v in absorption.solve(36.0, 973.0)) == (40.3, 33.4)


def test_the_two_readings_of_the_lowest_meal_hardly_differ() -> None:
    (vmax, k), (vmax_2, k_2) = absorption.solve(36.0), absorption.solve(36.46)
    gaps = [
        abs(absorption.absorbed(x, vmax=vmax, k=k) - absorption.absorbed(x, vmax=vmax_2, k=k_2))
        for x in map(float, range(36, 974))
    ]
    assert max(gaps) == pytest.approx(0.14, abs=5e-3)


def test_rounding_moves_the_constants_far_more() -> None:
    vmax, k, _ = zip(*absorption.rounding_corners(), strict=True)
    assert (min(vmax), max(vmax)) == pytest.approx((29.6, 51.3), abs=0.05)
    # smallest: s1 = 0.58, s2 = 0.03: (0.03 * 973 - 0.58 * 36) / 0.55 = 15.1091
    # largest: s1 = 0.58, s2 = 0.05: (0.05 * 973 - 0.58 * 36) / 0.53 = 52.3962
    assert (min(k), max(k)) == pytest.approx((15.1091, 52.3962), abs=1e-4)


def test_below_break_even_the_bare_fit_absorbs_more_than_was_eaten() -> None:
    # 40.2 / 0.93 - 32.9 = 10.3258
    even = absorption.break_even()
    assert even == pytest.approx(10.3258, abs=1e-4)
    assert absorption.absorbed(even) == pytest.approx(even)
    assert absorption.absorbed(0.5 * even) > 0.5 * even
    assert absorption.absorbed(2.0 * even) < 2.0 * even


def test_absorption_names_a_bad_meal() -> None:
    with pytest.raises(ValueError, match="x is"):
        absorption.absorbed(-1.0)


@pytest.mark.parametrize("module", [kidney, dht, absorption])
def test_the_tables_print(module: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    module.main()
    assert len(capsys.readouterr().out.splitlines()) > 3
