"""What the accessibility statement says: the eleven things Digg's regulation (MDFFS 2019:2) asks for, and their days.

Whoever assesses the program anew changes this file: the days, the method and what is not accessible.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Shortcoming:
    """One thing that is not accessible, or not known to be: what, why, and what can be done instead."""

    what: str
    why: str
    instead: str


@dataclass(frozen=True)
class Statement:
    compliance: str
    assessed_on: date
    updated_on: date
    method: tuple[str, ...]
    shortcomings: tuple[Shortcoming, ...]
    report_to: str


STATEMENT = Statement(
    compliance="delvis förenlig",
    assessed_on=date(2026, 11, 22),
    updated_on=date(2026, 11, 22),
    method=(
        "Vi har granskat själva. Ingen utomstående har granskat tjänsten än.",
        "Ett program (axe) söker fel på sidorna, i ljust och mörkt läge, på liten och stor skärm.",
        "Vi provar att rapportera med bara tangentbord, utan JavaScript och i 400 procents förstoring.",
        "Dokumenten som tjänsten gör kontrolleras mot PDF/UA-1 av ett program.",
        "Skärmläsare, röststyrning och förstoringsprogram har vi inte prövat än.",
        "Sådan granskning hittar ungefär en tredjedel av de hinder som finns. Resten kräver människor.",
    ),
    shortcomings=(
        Shortcoming(
            "Vi vet inte hur väl tjänsten fungerar med skärmläsare, röststyrning och andra hjälpmedel.",
            "De som använder hjälpmedel har inte provat den än.",
            "Berätta för oss om du stöter på ett hinder. Du kan alltid rapportera muntligt till din chef, "
            "som skriver in det åt dig.",
        ),
        Shortcoming(
            "Filer som någon har bifogat, till exempel foton och inskannade papper, kan sakna text "
            "som går att läsa upp.",
            "De kommer från den som rapporterar och ändras inte.",
            "Be den som utreder ärendet att berätta vad filen visar.",
        ),
    ),
    report_to="https://www.digg.se/tdosanmalan",
)
