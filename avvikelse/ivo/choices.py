"""The given answers between the municipality and IVO."""

from __future__ import annotations

from django.db import models

from avvikelse.cases.kinds import Sort


class Grave(models.TextChoices):
    """Whether it happened or could have happened. What it is called depends on what is notified, see `GRAVE_LABELS`."""

    HAPPENED = "happened", "Det har hänt"
    RISK = "risk", "Det fanns en påtaglig risk"


GRAVE_LABELS: dict[str, dict[str, str]] = {
    Sort.NOTICE_LEX_SARAH: {
        Grave.HAPPENED: "Allvarligt missförhållande",
        Grave.RISK: "Påtaglig risk för allvarligt missförhållande",
    },
    Sort.NOTICE_LEX_MARIA: {
        Grave.HAPPENED: "Händelse som har medfört allvarlig vårdskada",
        Grave.RISK: "Händelse som hade kunnat medföra allvarlig vårdskada",
    },
    Sort.NOTICE_MUNICIPALITY: {
        Grave.HAPPENED: "Brist i en verksamhet",
        Grave.RISK: "Risk för brist i en verksamhet",
    },
}


class How(models.TextChoices):
    """How something reached IVO. Never by e-mail or fax."""

    E_SERVICE = "e_service", "I IVO:s e-tjänst"
    POST = "post", "Med post"


class What(models.TextChoices):
    NOTICE = "notice", "Anmälan"
    INVESTIGATION = "investigation", "Utredningen"
    REPLY = "reply", "Svar"
    REMEDY = "remedy", "Återrapportering"


class Outcome(models.TextChoices):
    """What IVO may decide (domain §8.1)."""

    ENDED = "ended", "Ärendet avslutas"
    CRITICISM = "criticism", "Kritik"
    SUPERVISION = "supervision", "Tillsyn inleds"
    ORDER = "order", "Föreläggande"
    PASSED_ON = "passed_on", "Ärendet överlämnas"
