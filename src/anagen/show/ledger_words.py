"""What counts against which limit, in plain sentences."""

from __future__ import annotations

from anagen.show.account import Account
from anagen.show.numbers import listed, margin_mg, mg, percent

PLACE_WORDS = {"US": "US", "EU": "EU", "UK": "UK", "DE": "German", "NO": "Norwegian", "WHO": "WHO",
               "ANZ": "Australian and New Zealand", "JP": "Japanese"}  # fmt: skip
UNREAD = "recalled, unchecked"
VERDICT_WORDS = {
    "within_margin": "Within the margin",
    "within_limit": "Within the limit",
    "over_limit": "Over the limit",
    "ask_clinician": "Only with a clinician",
}


def verdict_words(ledger: Account) -> str:
    """The verdict in two or three words."""
    if ledger.verdict == "do_not_use":
        return "Do not use"
    if ledger.verdict == "no_limit":
        return "No limit is set"
    if ledger.counted <= 0:
        return "Nothing counts"
    return VERDICT_WORDS[ledger.verdict]


def place_limit(ledger: Account) -> str:
    """The limit with whose it is: "the US limit of 350 mg for supplements"; the person's own where kidneys lower it."""
    if ledger.lowered:
        return f"this person's limit of {mg(ledger.limit or 0)} mg for supplements ({ledger.place}, kidneys considered)"
    unread = f" ({UNREAD})" if ledger.limit_status == UNREAD else ""
    return (
        f"the {PLACE_WORDS.get(ledger.place, ledger.place)} limit of {mg(ledger.limit or 0)} mg for supplements{unread}"
    )


def _standing(ledger: Account) -> str:
    if ledger.limit is None or ledger.allowance is None:
        return ""
    if ledger.verdict == "do_not_use":
        return "not to be used, whatever the sum"
    if ledger.counted > ledger.limit:
        return f"over the limit by {mg(ledger.counted - ledger.limit)} mg"
    if ledger.verdict == "ask_clinician":
        return "with these kidneys for a clinician to decide, even within it"
    if ledger.counted > ledger.allowance:
        return "within the limit, but over the margin"
    return "within both"


def limits_sentence(ledger: Account) -> str:
    """What is counted against which limit."""
    if not ledger.lines:
        return "This scenario adds no magnesium, so there is nothing to hold against a limit."
    if ledger.counted <= 0:
        food = ": food never does" if any(line.kind == "food" for line in ledger.lines) else ""
        return f"Nothing in this routine counts against the limit for supplements{food}."
    counted = f"Counted the cautious way, this routine puts {mg(ledger.counted)} mg of magnesium a day"
    if ledger.limit is None or ledger.allowance is None:
        place = PLACE_WORDS.get(ledger.place, ledger.place)
        return f"{counted} on the account; the {place} tables set no limit for supplements that fits this person."
    if ledger.limit <= 0:
        place = PLACE_WORDS.get(ledger.place, ledger.place)
        return f"{counted} on the account; with these kidneys nothing of the {place} limit is left: food alone."
    return (
        f"{counted} against {place_limit(ledger)}, and against the {margin_mg(ledger.allowance)} mg this person wants "
        f"to stay within ({percent(ledger.margin)} of it): {_standing(ledger)}."
    )


def calcium_sentence(ledger: Account) -> str:
    """Calcium beside magnesium in one line; empty where nothing of it is known or asked."""
    calcium = ledger.calcium
    if calcium is None or not ledger.lines:
        return ""
    known = calcium.food + calcium.supplement
    parts = [f"need {mg(calcium.need)} mg" if calcium.need is not None else "no need known"]
    if calcium.need and known > 0:
        parts[0] += f" ({percent(known / calcium.need)} of it known)"
    if calcium.limit is not None:
        parts.append(f"at most {mg(calcium.limit)} mg from everything, food too")
    elif calcium.note:
        parts.append(calcium.note)
    unread = f" ({calcium.status})" if calcium.status == UNREAD else ""
    holds = f"{mg(known)} mg a day is known in what is listed" if known > 0 else "none is known in what is listed"
    if calcium.supplement > 0 and calcium.food > 0:
        holds += (
            f" ({mg(calcium.food)} mg from food, {mg(calcium.supplement)} mg from water, supplements and medicines)"
        )
    left = f" Not known: {listed(calcium.unknown)}." if calcium.unknown else ""
    return f"Calcium beside it: {holds}; {', '.join(parts)}{unread}.{left}"


def skin_sentence(ledger: Account) -> str:
    """What could cross the skin, where anything lies on it."""
    if not ledger.skin_matters:
        return ""
    low, _, high = ledger.flux
    range_words = f"{mg(low)} to {mg(high)} mg" if mg(low) != mg(high) else f"{mg(high)} mg"
    source = f"of the {mg(ledger.on_skin)} mg on the skin" if ledger.on_skin > 0 else "of the magnesium in the bath"
    then = f"; the count would then be {mg(ledger.counted_evidence)} mg" if ledger.on_skin > 0 else ""
    return f"By what studies of skin suggest, {range_words} {source} could get in{then}."
