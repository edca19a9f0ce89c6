"""Kinds of care, and the words each of them has for the people it is there for."""

from __future__ import annotations

RESIDENTIAL = ("care_home", "short_stay", "group_home")
CHILDREN = ("child_intake", "child_inquiry", "foster_care", "respite_home")
OFFICE = (
    "needs_assessment",
    "lss_assessment",
    "child_intake",
    "child_inquiry",
    "foster_care",
    "income_support",
    "addiction",
)
HANDS_ON = (
    *RESIDENTIAL,
    "respite_home",
    "home_care",
    "night_patrol",
    "nursing",
    "day_activity",
    "personal_assistance",
    "social_psychiatry",
)
IN_HOUSEHOLDS = (
    "home_care",
    "personal_assistance",
    "social_psychiatry",
    "needs_assessment",
    "lss_assessment",
    "income_support",
    "addiction",
)
"""Care of adults who may have children at home."""
CARES = (*HANDS_ON, *OFFICE)
"""Every kind of care that stories are written for."""

GROUPS = {"everywhere": CARES, "office": OFFICE, "hands_on": HANDS_ON}
"""Names that stand for several kinds of care in the text files."""

NOUNS = {
    "care_home": ("den boende", "hyresgästen"),
    "short_stay": ("gästen", "den boende"),
    "home_care": ("brukaren", "kunden"),
    "night_patrol": ("brukaren",),
    "nursing": ("patienten",),
    "group_home": ("brukaren", "hyresgästen"),
    "day_activity": ("deltagaren", "brukaren"),
    "personal_assistance": ("brukaren",),
    "social_psychiatry": ("brukaren", "klienten"),
    "needs_assessment": ("den sökande", "brukaren"),
    "lss_assessment": ("den sökande", "brukaren"),
    "income_support": ("klienten", "den sökande"),
    "addiction": ("klienten",),
}
"""Words that say nothing of gender. Beside them stand kvinnan/mannen, flickan/pojken or mamman/pappan."""

PRONOUNS = (
    {"hon": "hon", "henne": "henne", "hennes": "hennes"},
    {"hon": "han", "henne": "honom", "hennes": "hans"},
)
"""What stands for {hon}, {henne} and {hennes}, first for her and then for him."""

CIRCUMSTANCES = {
    "home_care": "home",
    "night_patrol": "patrol",
    "nursing": "nursing",
    "personal_assistance": "assistance",
    "day_activity": "activity",
    "respite_home": "activity",
    "social_psychiatry": "office",
    **dict.fromkeys(OFFICE, "office"),
}
"""Which pool of circumstances a report may name; residential care works in shifts."""


HOURS = {"night_patrol": (21, 6), **dict.fromkeys(OFFICE, (8, 16))}
"""Care that is given only at certain hours, whatever the event allows."""


def nouns_of(care: str, *, adult: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to call the person in a report, for her and for him. `adult` turns a child's case to its parent."""
    if care not in CHILDREN:
        return (*NOUNS[care], "kvinnan"), (*NOUNS[care], "mannen")
    return (("mamman",), ("pappan",)) if adult else (("flickan",), ("pojken",))
