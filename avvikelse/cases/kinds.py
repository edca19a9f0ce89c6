"""The kinds of case and the states each may be in.

What they are called and how they move stands in each kind's `workflow.py`.
"""

from django.db import models


class Kind(models.TextChoices):
    AVV = "AVV", "Avvikelse"
    FOR = "FOR", "Förbättringsförslag"
    LEX = "LEX", "Lex Sarah"
    VSK = "VSK", "Vårdskada"
    SAM = "SAM", "Samverkansavvikelse"


PREFIXES = {Kind.AVV: "AVV", Kind.FOR: "FÖR", Kind.LEX: "LEX", Kind.VSK: "VSK", Kind.SAM: "SAM"}
"""How the kind is written in a case number: FÖR-2026-0007."""


class State(models.TextChoices):
    RECEIVED = "received"
    RETURNED = "returned"
    INVESTIGATING = "investigating"
    ACTING = "acting"
    FOLLOWING_UP = "following_up"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    HANDED_OVER = "handed_over"
    CONSIDERING = "considering"
    ADOPTED = "adopted"
    IMPLEMENTED = "implemented"
    DECLINED = "declined"
    SHARED = "shared"


STATES: dict[Kind, tuple[State, ...]] = {
    Kind.AVV: (
        State.RECEIVED,
        State.RETURNED,
        State.INVESTIGATING,
        State.ACTING,
        State.FOLLOWING_UP,
        State.CLOSED,
        State.DISMISSED,
        State.HANDED_OVER,
    ),
    Kind.FOR: (
        State.RECEIVED,
        State.CONSIDERING,
        State.ADOPTED,
        State.IMPLEMENTED,
        State.DECLINED,
        State.SHARED,
        State.CLOSED,
        State.HANDED_OVER,
    ),
    Kind.LEX: (State.RECEIVED,),
    Kind.VSK: (State.RECEIVED,),
    Kind.SAM: (State.RECEIVED,),
}
"""A constraint in the database holds a case to these; a new state is a migration."""

SEALED_KINDS = frozenset({Kind.LEX, Kind.VSK})
"""Kinds that leave the reporter's chief out (workflows §2)."""

WIDELY_SEEN = frozenset({Kind.FOR, Kind.SAM})
"""Kinds that some see who may not see the case they came out of (workflows §2)."""


class PartRole(models.TextChoices):
    INVESTIGATOR = "investigator", "Utredare"
    DECIDER = "decider", "Beslutsfattare"
    READER = "reader", "Läsare"
    IMPLICATED = "implicated", "Utpekad"


class Sort(models.TextChoices):
    ORDINARY = "", "—"
    PROPOSAL = "proposal", "Förslag"
    GOOD_EXAMPLE = "good_example", "Gott exempel"


class Tense(models.TextChoices):
    HAPPENED = "happened", "Det har hänt"
    CAN_HAPPEN = "can_happen", "Det kan hända"
    UNKNOWN = "unknown", "Vet inte"


class PartOfDay(models.TextChoices):
    EXACT = "exact", "Jag vet klockslaget"
    DAY = "day", "Dagpass"
    EVENING = "evening", "Kväll"
    NIGHT = "night", "Natt"
    UNKNOWN = "unknown", "Vet inte"


class Affected(models.TextChoices):
    ONE = "one", "En enskild"
    GROUP = "group", "En grupp"
    NONE = "none", "Ingen"


class Known(models.TextChoices):
    YES = "yes", "Ja"
    NO = "no", "Nej"
    UNKNOWN = "unknown", "Vet inte"
