"""The roles a person may hold at a unit, and where each may be held."""

from django.db import models


class Level(models.TextChoices):
    NAMND = "namnd", "Nämnd"
    ADMINISTRATION = "administration", "Förvaltning"
    BRANCH = "branch", "Avdelning"
    UNIT = "unit", "Enhet"


class Role(models.TextChoices):
    EMPLOYEE = "employee", "Medarbetare"
    CHIEF = "chief", "Enhetschef"
    FIRST_SOCIAL_WORKER = "first_social_worker", "1:e socialsekreterare"
    BRANCH_CHIEF = "branch_chief", "Avdelningschef"
    DIRECTOR = "director", "Förvaltningschef"
    SAS = "sas", "SAS"
    MAS = "mas", "MAS"
    MAR = "mar", "MAR"
    REGISTRAR = "registrar", "Registrator"
    COORDINATOR = "coordinator", "Samordnare"
    BOARD = "board", "Nämndledamot"
    CHAIR = "chair", "Nämndens ordförande"
    LOG_REVIEWER = "log_reviewer", "Loggranskare"
    ADMINISTRATOR = "administrator", "Systemförvaltare"


class Basis(models.TextChoices):
    ORDINARY = "ordinary", "Ordinarie"
    DEPUTY = "deputy", "Ersättare"
    DELEGATED = "delegated", "På delegation"


LEVELS_OF_ROLE: dict[Role, frozenset[Level]] = {
    Role.EMPLOYEE: frozenset(Level),
    Role.CHIEF: frozenset({Level.UNIT}),
    Role.FIRST_SOCIAL_WORKER: frozenset({Level.UNIT}),
    Role.BRANCH_CHIEF: frozenset({Level.BRANCH}),
    Role.DIRECTOR: frozenset({Level.ADMINISTRATION}),
    Role.SAS: frozenset({Level.NAMND, Level.ADMINISTRATION}),
    Role.MAS: frozenset({Level.NAMND, Level.ADMINISTRATION}),
    Role.MAR: frozenset({Level.NAMND, Level.ADMINISTRATION}),
    Role.REGISTRAR: frozenset({Level.ADMINISTRATION}),
    Role.COORDINATOR: frozenset({Level.NAMND, Level.ADMINISTRATION}),
    Role.BOARD: frozenset({Level.NAMND}),
    Role.CHAIR: frozenset({Level.NAMND}),
    Role.LOG_REVIEWER: frozenset({Level.NAMND, Level.ADMINISTRATION}),
    Role.ADMINISTRATOR: frozenset({Level.NAMND, Level.ADMINISTRATION}),
}
"""Where a role may be held (workflows §1)."""

CHIEF_ROLES = (Role.CHIEF, Role.BRANCH_CHIEF, Role.DIRECTOR)
"""The line of chiefs, nearest first."""

RESPONSIBLE_ROLES = (*CHIEF_ROLES, Role.SAS, Role.MAS, Role.MAR)
"""Roles whose duties must pass to somebody else when their holder may not see a case."""

WITHOUT_DEPUTY = frozenset({Role.EMPLOYEE, Role.BOARD, Role.CHAIR})
"""Roles nobody stands in for: employees have colleagues, and who replaces a board member is not ours to say."""


def in_text(role: str) -> str:
    """The role's name inside a sentence: "enhetschef", "SAS"."""
    label = Role(role).label
    return label if label.isupper() else label[0].lower() + label[1:]


def levels_in_words(role: Role) -> str:
    """Where the role may be held: "nämnd eller förvaltning"."""
    allowed = [level.label.lower() for level in Level if level in LEVELS_OF_ROLE[role]]
    return " eller ".join([", ".join(allowed[:-1]), allowed[-1]] if len(allowed) > 1 else allowed)
