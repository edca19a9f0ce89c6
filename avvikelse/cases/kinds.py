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
    IVO = "IVO", "IVO-ärende"


PREFIXES = {kind: "FÖR" if kind == Kind.FOR else kind.value for kind in Kind}
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
    ASSESSING = "assessing"
    ANALYSING = "analysing"
    PROPOSED = "proposed"
    DECIDED = "decided"
    PREPARING = "preparing"
    WITH_IVO = "with_ivo"
    CANCELLED = "cancelled"


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
    Kind.LEX: (
        State.RECEIVED,
        State.ASSESSING,
        State.INVESTIGATING,
        State.PROPOSED,
        State.DECIDED,
        State.FOLLOWING_UP,
        State.CLOSED,
    ),
    Kind.VSK: (
        State.RECEIVED,
        State.ASSESSING,
        State.ANALYSING,
        State.PROPOSED,
        State.DECIDED,
        State.FOLLOWING_UP,
        State.CLOSED,
    ),
    Kind.SAM: (State.RECEIVED,),
    Kind.IVO: (State.PREPARING, State.WITH_IVO, State.DECIDED, State.CLOSED, State.CANCELLED),
}
"""A constraint in the database holds a case to these; a new state is a migration."""

SEALED_KINDS = frozenset({Kind.LEX, Kind.VSK, Kind.IVO})
"""Kinds that leave the reporter's chief out (workflows §2)."""

WIDELY_SEEN = frozenset({Kind.FOR, Kind.SAM})
"""Kinds that some see who may not see the case they came out of (workflows §2)."""


class PartRole(models.TextChoices):
    INVESTIGATOR = "investigator", "Utredare"
    DECIDER = "decider", "Beslutsfattare"
    READER = "reader", "Läsare"
    STAND_IN = "stand_in", "I stället för SAS eller MAS"
    IMPLICATED = "implicated", "Utpekad"


class Sort(models.TextChoices):
    ORDINARY = "", "—"
    PROPOSAL = "proposal", "Förslag"
    GOOD_EXAMPLE = "good_example", "Gott exempel"
    INFORMED = "informed", "Underrättelse från enskild verksamhet"
    NOTICE_LEX_SARAH = "notice_lex_sarah", "Anmälan enligt lex Sarah"
    NOTICE_LEX_MARIA = "notice_lex_maria", "Anmälan enligt lex Maria"
    NOTICE_MUNICIPALITY = "notice_municipality", "Kommunens anmälan"
    SUPERVISION = "supervision", "Tillsyn"


SORTS: dict[Kind, tuple[Sort, ...]] = {
    Kind.AVV: (Sort.ORDINARY,),
    Kind.FOR: (Sort.ORDINARY, Sort.PROPOSAL, Sort.GOOD_EXAMPLE),
    Kind.LEX: (Sort.ORDINARY, Sort.INFORMED),
    Kind.VSK: (Sort.ORDINARY,),
    Kind.SAM: (Sort.ORDINARY,),
    Kind.IVO: (Sort.NOTICE_LEX_SARAH, Sort.NOTICE_LEX_MARIA, Sort.NOTICE_MUNICIPALITY, Sort.SUPERVISION),
}
"""A constraint in the database holds a case to these too."""

NOTICE_OUT_OF = {Kind.LEX: Sort.NOTICE_LEX_SARAH, Kind.VSK: Sort.NOTICE_LEX_MARIA}
"""What an IVO case that is opened out of another is."""


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


def in_text(kind: Kind) -> str:
    """The kind's name inside a sentence: "lex Sarah", "IVO-ärende"."""
    label = str(kind.label)
    return label if label.startswith(kind.value) else f"{label[0].lower()}{label[1:]}"
