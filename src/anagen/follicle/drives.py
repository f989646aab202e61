"""What the scalp does to a follicle: the drives that speed its clock and shrink or regrow it.

A follicle of androgen sensitivity s has the miniaturizing drive

    x = s g max(0, signal - threshold) + hypoxia part + inflammation part + sebaceous part + estrogen part

with g what is known to be inherited (1 where nothing is known, see `genetics`).

Every drive below is linear in s, so the automaton needs it at s = 0 and s = 1 only.
"""

from __future__ import annotations

from typing import Any

from anagen.mechanism import Node, arrow, hill, positive_part

NODES = (
    Node("microneedling", "Microneedling", "1/week", "you do", False, "input"),
    Node("sensitivity", "Androgen sensitivity of the follicle", "", "follicle", False, "input"),
    Node("miniaturizing_drive", "Miniaturizing drive", "", "follicle", True, "sum"),
    Node("anagen_speed", "Speed of the anagen clock", "", "follicle", True, "product"),
    Node("kenogen_stretch", "Length of the empty phase", "", "follicle", True, "product"),
    Node(
        "size_loss",
        "Size lost at each new cycle",
        "",
        "follicle",
        True,
        "sum",
        says="Log size a follicle loses when it begins to grow again, its dermal papilla with it.",
    ),
    Node("ceiling_drop", "Lowering of the size ceiling", "", "follicle", True, "sum"),
    Node("follicle_loss", "Follicles lost with age", "1/year", "follicle", False, "sum"),
    Node(
        "telogen_release",
        "Resting hairs let go",
        "",
        "follicle",
        False,
        "sum",
        says="Share of the resting hairs that fall within a month of its rise; where it stays as it is, none do.",
    ),
)


@arrow(
    "androgen_signal", "miniaturizing_drive", "raises", "A", ("vanneste2000", "olsen2006", "cosmo2025"), ("cousen2010",)
)
def androgen_drives_miniaturization(
    androgen_signal: Any, sensitivity: Any, inherited_sensitivity: Any, gate: Any, androgen_threshold: Any
) -> Any:
    """Androgen acts on the follicle itself, as far as that follicle is sensitive to it.

    What its papilla releases under androgen (DKK1 among others) is in this arrow; it has none of its own.
    """
    return gate * sensitivity * inherited_sensitivity * positive_part(androgen_signal - androgen_threshold)


@arrow("hypoxia", "miniaturizing_drive", "raises", "E", ("english2018",), ("upton2015", "liu2022", "figlak2021"))
def hypoxia_drives_miniaturization(hypoxia: Any, gate: Any, hypoxia_gain: Any) -> Any:
    """A bulb short of oxygen is said to shrink; cultured papilla cells and gene data point the other way."""
    return gate * hypoxia_gain * hypoxia


@arrow("scalp_inflammation", "miniaturizing_drive", "raises", "E", ("cousen2010", "whiting1993"))
def inflammation_drives_miniaturization(
    scalp_inflammation: Any, gate: Any, inflammation_gain: Any, inflammation_threshold: Any
) -> Any:
    """A route that is not androgen: inflammation around the follicle (women thin without androgen too)."""
    return gate * inflammation_gain * positive_part(scalp_inflammation - inflammation_threshold)


@arrow("sebaceous_size", "miniaturizing_drive", "raises", "E", ("lattanand1975",), ("takiwaki1991",))
def sebaceous_glands_drive_miniaturization(sebaceous_size: Any, gate: Any, sebaceous_gain: Any) -> Any:
    """Large sebaceous glands are found beside small follicles; that they shrink them is a guess.

    Androgen enlarges the gland and shrinks the follicle, which is enough to find both together. An oily scalp also lets
    less oxygen through to a probe on the skin, which can be taken for a lack of oxygen below.
    """
    return gate * sebaceous_gain * positive_part(sebaceous_size - 1)


@arrow(
    "estrogen_loss",
    "miniaturizing_drive",
    "raises",
    "E",
    ("cousen2010", "paik2001", "chaikittisilpa2022"),
    ("ohsmart1996", "chaikittisilpa2022", "wang2010"),
)
def estrogen_loss_drives_miniaturization(
    estrogen_loss: Any, gate: Any, estrogen_gain: Any, estrogen_susceptibility: Any, estrogen_pattern: Any
) -> Any:
    """A route of women that is not androgen: follicles are said to shrink once estrogen is lost.

    Pattern loss was seen in a woman whose body cannot hear androgen, and it grows common with age. That estrogen keeps
    it away is our reading: time since menopause went with loss in 178 women, but no longer once age and family were
    allowed for; loss begins before menopause; and estradiol on the skin of mice stops hair. Nothing in men.
    """
    return gate * estrogen_gain * estrogen_susceptibility * estrogen_pattern * estrogen_loss


@arrow("miniaturizing_drive", "anagen_speed", "raises", "B", ("courtois1994", "rushton1991"))
def drive_speeds_anagen(miniaturizing_drive: Any, gate: Any, anagen_drive_gain: Any) -> Any:
    """The drive makes anagen end sooner."""
    return 1 + gate * anagen_drive_gain * miniaturizing_drive


@arrow("prostaglandin_d2", "anagen_speed", "raises", "C", ("garza2012",), ("dubois2021",))
def prostaglandin_shortens_anagen(prostaglandin_d2: Any, gate: Any, prostaglandin_anagen_gain: Any) -> Any:
    """Prostaglandin D2 stops hair in culture and in mice; blocking its receptor for 24 weeks did nothing in men.

    So it is not the main way of androgen, and its range here includes nothing at all. Only what stands above haired
    scalp counts.
    """
    return 1 + gate * prostaglandin_anagen_gain * positive_part(prostaglandin_d2 - 1)


@arrow("topical_minoxidil_dose", "anagen_speed", "lowers", "A", ("olsen2002",))
def topical_minoxidil_slows_anagen(
    topical_minoxidil_dose: Any,
    gate: Any,
    anagen_topical_effect: Any,
    anagen_topical_half_dose: Any,
    anagen_topical_steepness: Any,
) -> Any:
    """Minoxidil on the scalp keeps follicles in anagen longer."""
    return 1 - gate * anagen_topical_effect * hill(
        topical_minoxidil_dose, anagen_topical_half_dose, anagen_topical_steepness
    )


@arrow("oral_minoxidil_dose", "anagen_speed", "lowers", "A", ("panchaprateep2020", "penha2024"))
def oral_minoxidil_slows_anagen(
    oral_minoxidil_dose: Any, gate: Any, anagen_oral_effect: Any, anagen_oral_half_dose: Any, anagen_oral_steepness: Any
) -> Any:
    """Swallowed minoxidil keeps follicles in anagen longer."""
    return 1 - gate * anagen_oral_effect * hill(oral_minoxidil_dose, anagen_oral_half_dose, anagen_oral_steepness)


@arrow("miniaturizing_drive", "kenogen_stretch", "raises", "B", ("courtois1994", "guarrera2005"))
def drive_stretches_kenogen(miniaturizing_drive: Any, gate: Any, kenogen_drive_gain: Any) -> Any:
    """The drive leaves follicles empty for longer."""
    return 1 + gate * kenogen_drive_gain * miniaturizing_drive


@arrow("topical_minoxidil_dose", "kenogen_stretch", "lowers", "D", ("olsen2002",))
def topical_minoxidil_shortens_kenogen(
    topical_minoxidil_dose: Any,
    gate: Any,
    kenogen_topical_effect: Any,
    kenogen_topical_half_dose: Any,
    kenogen_topical_steepness: Any,
) -> Any:
    """Minoxidil on the scalp calls empty follicles back sooner."""
    return 1 - gate * kenogen_topical_effect * hill(
        topical_minoxidil_dose, kenogen_topical_half_dose, kenogen_topical_steepness
    )


@arrow("oral_minoxidil_dose", "kenogen_stretch", "lowers", "D", ("panchaprateep2020",))
def oral_minoxidil_shortens_kenogen(
    oral_minoxidil_dose: Any,
    gate: Any,
    kenogen_oral_effect: Any,
    kenogen_oral_half_dose: Any,
    kenogen_oral_steepness: Any,
) -> Any:
    """Swallowed minoxidil calls empty follicles back sooner."""
    return 1 - gate * kenogen_oral_effect * hill(oral_minoxidil_dose, kenogen_oral_half_dose, kenogen_oral_steepness)


@arrow("topical_minoxidil_dose", "telogen_release", "raises", "B", ("vanneste2020", "headington1993"))
def topical_minoxidil_releases_resting_hair(
    topical_minoxidil_dose: Any,
    gate: Any,
    release_topical_share: Any,
    release_topical_half_dose: Any,
    release_topical_steepness: Any,
) -> Any:
    """Minoxidil on the scalp lets resting hairs fall early and their follicles grow again: the shed of the first weeks.

    Seen in men who took finasteride besides; how many of the resting hairs go was not read.
    """
    return (
        gate
        * release_topical_share
        * hill(topical_minoxidil_dose, release_topical_half_dose, release_topical_steepness)
    )


@arrow("oral_minoxidil_dose", "telogen_release", "raises", "E", ("headington1993",))
def oral_minoxidil_releases_resting_hair(
    oral_minoxidil_dose: Any,
    gate: Any,
    release_oral_share: Any,
    release_oral_half_dose: Any,
    release_oral_steepness: Any,
) -> Any:
    """Swallowed minoxidil is taken to let resting hairs fall as the lotion does."""
    return gate * release_oral_share * hill(oral_minoxidil_dose, release_oral_half_dose, release_oral_steepness)


@arrow("miniaturizing_drive", "size_loss", "raises", "A", ("vanneste2000", "courtois1994"))
def drive_shrinks_follicle(miniaturizing_drive: Any, gate: Any, size_drive_gain: Any) -> Any:
    """At each new cycle the drive takes a share of the follicle's size.

    The flowchart draws the papilla that shrinks and the follicle that miniaturizes apart; here they are one size.
    """
    return gate * size_drive_gain * miniaturizing_drive


@arrow("vessel_density", "size_loss", "lowers", "E", ("deng2022",), ("piccini2022", "krajcik2003"))
def vessels_lower_size_loss(vessel_density: Any, gate: Any, vessel_size_gain: Any) -> Any:
    """A follicle with fewer vessels around its papilla is said to shrink; which of the two comes first is not settled.

    In mice a follicle needs new vessels to grow; in women vessels were not fewer. The way back, from a small follicle
    to fewer vessels, is not in the model, since follicles are grown after the tissue.
    """
    return gate * vessel_size_gain * (1 - vessel_density)


@arrow("microneedling", "size_loss", "lowers", "E", ("aggarwal2020", "dhurat2013"))
def microneedling_regrows_follicle(
    microneedling: Any, gate: Any, needling_gain: Any, needling_half: Any, needling_steepness: Any
) -> Any:
    """Small wounds are thought to make follicles regrow; trials are uncontrolled or outliers."""
    return -gate * needling_gain * hill(microneedling, needling_half, needling_steepness)


@arrow("fibrosis", "ceiling_drop", "raises", "B", ("whiting1993", "hamilton1960"), ("krajcik2003",))
def fibrosis_lowers_ceiling(fibrosis: Any, gate: Any, ceiling_fibrosis_gain: Any) -> Any:
    """Fibrosis keeps a follicle from growing back to its old size."""
    return gate * ceiling_fibrosis_gain * fibrosis


@arrow("age", "follicle_loss", "raises", "B", ("sinclair2005",))
def age_raises_follicle_loss(age: Any, gate: Any, follicle_loss_rate: Any, follicle_loss_age: Any) -> Any:
    """A few follicles in a thousand are lost each year, more in later life, without shrinking first."""
    return gate * follicle_loss_rate * age / follicle_loss_age
