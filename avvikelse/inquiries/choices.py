"""The given answers of an investigation."""

from __future__ import annotations

from django.db import models

from avvikelse.cases.kinds import Kind


class Told(models.TextChoices):
    """How a report came in."""

    WRITTEN = "written", "Skriftligt"
    ORAL = "oral", "Muntligt"


class Statute(models.TextChoices):
    """What the care is given under. The values are those of the table of law."""

    SOL = "sol", "SoL"
    LSS = "lss", "LSS"
    HSL = "hsl", "HSL"


class Misconduct(models.TextChoices):
    """The types of missförhållande municipalities use (domain §1.3)."""

    PHYSICAL = "physical", "Fysiska övergrepp"
    SEXUAL = "sexual", "Sexuella övergrepp"
    PSYCHOLOGICAL = "psychological", "Psykiska övergrepp"
    TREATMENT = "treatment", "Brister i bemötande"
    LEGAL = "legal", "Brister i rättssäkerhet vid handläggning och genomförande"
    PERFORMANCE = "performance", "Brister i utförandet av insatser"
    ENVIRONMENT = "environment", "Brister i fysisk miljö, utrustning och teknik"
    ECONOMIC = "economic", "Ekonomiska övergrepp"


class Answered(models.TextChoices):
    """A question that has to be answered. A no is followed by why."""

    YES = "yes", "Ja"
    NO = "no", "Nej"
    NOT_CONCERNED = "na", "Ej aktuellt"


class PatientTold(models.TextChoices):
    """Who was told of a vårdskada: the patient, a relative in the patient's place, or nobody (PSL 3 kap. 8 §)."""

    PATIENT = "patient", "Ja, patienten"
    RELATIVE = "relative", "Ja, en närstående i stället"
    NOBODY = "nobody", "Nej"


class Nature(models.TextChoices):
    FACT = "fact", "Fakta"
    ASSESSMENT = "assessment", "Bedömning"


class Stage(models.TextChoices):
    PROPOSAL = "proposal", "Förslag till beslut"
    DECISION = "decision", "Beslut"
    CORRECTION = "correction", "Rättat beslut"


class Grade(models.TextChoices):
    """How grave it was. Lex Sarah has five grades (domain §1.3), a vårdskada three (PSL 1 kap. 5 §)."""

    NONE = "none", "Inget missförhållande"
    RISK = "risk", "Påtaglig risk för missförhållande"
    MISCONDUCT = "misconduct", "Missförhållande"
    SERIOUS_RISK = "serious_risk", "Påtaglig risk för allvarligt missförhållande"
    SERIOUS = "serious", "Allvarligt missförhållande"
    NO_HARM = "no_harm", "Ingen vårdskada"
    HARM = "harm", "Vårdskada, eller händelse som kunde ha medfört vårdskada"
    SERIOUS_HARM = "serious_harm", "Allvarlig vårdskada, eller händelse som kunde ha medfört allvarlig vårdskada"


GRADES: dict[Kind, tuple[Grade, ...]] = {
    Kind.LEX: (Grade.NONE, Grade.RISK, Grade.MISCONDUCT, Grade.SERIOUS_RISK, Grade.SERIOUS),
    Kind.VSK: (Grade.NO_HARM, Grade.HARM, Grade.SERIOUS_HARM),
}
SERIOUS = frozenset({Grade.SERIOUS_RISK, Grade.SERIOUS, Grade.SERIOUS_HARM})
"""The grades that go to IVO."""
