"""Every value the municipality decides itself, with its default. Shown as *rutin*, never as law.

What the law decides is not here. Texts the municipality may word itself are preferences too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import TypeAlias

from django.db import connection

Value: TypeAlias = int | bool | str

# Nearly every page asks for some of them.
STORED_SQL = """
    SELECT DISTINCT ON (key) key, value FROM organisation_preferencevalue
    WHERE valid_from <= %s ORDER BY key, valid_from DESC, id DESC
"""


@dataclass(frozen=True, slots=True)
class Preference:
    key: str
    label: str
    help: str
    default: Value
    lowest: int = 0
    highest: int = 365
    long: bool = False
    counted_in: str = ""
    clock: bool = False

    def parse(self, text: str) -> Value:
        """The typed value of what was typed or stored. Raises ValueError with a sentence for the user."""
        return PARSERS[type(self.default)](self, text.strip())

    def store(self, value: Value) -> str:
        return ("ja" if value else "nej") if isinstance(value, bool) else str(value)

    def show(self, value: Value) -> str:
        """The value as it is read: "5 arbetsdagar", "Ja", or the text."""
        return (
            " ".join(part for part in (self.store(value).capitalize(), self.counted_in) if part)
            if (not self.long)
            else str(value)
        )


def _number(preference: Preference, text: str) -> int:
    if not text.isascii() or not text.isdigit() or not preference.lowest <= int(text) <= preference.highest:
        msg = f"Skriv ett heltal mellan {preference.lowest} och {preference.highest}."
        raise ValueError(msg)
    return int(text)


def _flag(_preference: Preference, text: str) -> bool:
    if text not in {"ja", "nej"}:
        msg = "Välj ja eller nej."
        raise ValueError(msg)
    return text == "ja"


def _text(preference: Preference, text: str) -> str:
    if not text:
        msg = f"Skriv en text för ”{preference.label}”."
        raise ValueError(msg)
    return _clock(text) if preference.clock else text


def _clock(text: str) -> str:
    """A time of day as it is stored, "16:30", of what is written 16:30, 16.30 or 9.05."""
    hours, _, minutes = text.replace(".", ":").partition(":")
    try:
        return f"{time(int(hours), int(minutes)):%H:%M}"
    except ValueError:
        msg = "Skriv ett klockslag, till exempel 16.30."
        raise ValueError(msg) from None


PARSERS: Mapping[type, Callable[[Preference, str], Value]] = {int: _number, bool: _flag, str: _text}

PREFERENCES = (
    Preference(
        "assessment_days",
        "Bedömning inom",
        "Arbetsdagar från att en rapport kommer in till att den är bedömd.",
        5,
        1,
        60,
        counted_in="arbetsdagar",
    ),
    Preference(
        "start_days",
        "Utredning påbörjad inom",
        "Arbetsdagar från bedömningen till den första anteckningen.",
        10,
        1,
        60,
        counted_in="arbetsdagar",
    ),
    Preference(
        "investigation_days",
        "Utredning klar inom",
        "Dagar från bedömningen till att utredningen avslutas.",
        30,
        1,
        365,
        counted_in="dagar",
    ),
    Preference(
        "not_started_days",
        "Visa som ej påbörjad efter",
        "Dagar utan att något har hänt sedan rapporten kom in.",
        30,
        1,
        365,
        counted_in="dagar",
    ),
    Preference(
        "at_once_risk",
        "Åtgärda direkt: risk under",
        "Från denna risk (allvarlighet × sannolikhet) måste det utredas.",
        8,
        2,
        16,
    ),
    Preference("alike_risk", "Bedöm lika: risk under", "Från denna risk bedöms varje rapport för sig.", 4, 2, 16),
    Preference(
        "analysis_risk",
        "Erbjud händelseanalys från risk",
        "Från denna risk erbjuds en händelseanalys.",
        8,
        2,
        16,
    ),
    Preference(
        "hsl_professional",
        "HSL: legitimerad bedömer",
        "Den legitimerade som bedömt risken anges vid HSL.",
        default=True,
    ),
    Preference(
        "first_social_worker_assesses",
        "1:e socialsekreterare bedömer som chef",
        "1:e socialsekreterare får bedöma och utse utredare på sin enhet.",
        default=True,
    ),
    Preference(
        "reception_by",
        "Lex Sarah och vårdskada: mottagning samma dag till",
        "Det som kommer in senast då tas emot samma arbetsdag. Det som kommer senare tas emot nästa arbetsdag.",
        "16:30",
        clock=True,
    ),
    Preference(
        "proposal_days",
        "Lex Sarah och vårdskada: förslag till beslut inom",
        "Dagar från att utredningen börjar till att utredaren lämnar sitt förslag.",
        30,
        1,
        365,
        counted_in="dagar",
    ),
    Preference(
        "notify_days",
        "Anmälan till IVO inom",
        "Arbetsdagar från att det står klart att det är allvarligt. Lagen säger snarast.",
        1,
        1,
        30,
        counted_in="arbetsdagar",
    ),
    Preference(
        "lex_maria_months",
        "Lex Maria: anmälan inom",
        "Månader från händelsen. Lagen säger snarast.",
        2,
        1,
        12,
        counted_in="månader",
    ),
    Preference(
        "inform_chair_and_director",
        "Lex Sarah och vårdskada: informera ledningen",
        "Den som tar emot rapporten anger när nämndens ordförande och förvaltningschefen fick veta.",
        default=True,
    ),
    Preference(
        "four_eyes_care_injury",
        "Vårdskada: en annan än utredaren beslutar",
        "I lex Sarah beslutar alltid någon annan än den som har utrett.",
        default=True,
    ),
    Preference(
        "duty_days",
        "Påminn personalen om rapporteringsskyldigheten efter",
        "Dagar från att någon senast läste informationen till att den behöver läsas igen.",
        365,
        30,
        1095,
        counted_in="dagar",
    ),
    Preference(
        "provider_link_days",
        "Länk till enskild verksamhet gäller i",
        "Dagar från att länken skapas.",
        30,
        1,
        365,
        counted_in="dagar",
    ),
    Preference("anonymous_reports", "Anonyma rapporter", "Avvikelser och förslag får lämnas utan namn.", default=True),
    Preference(
        "unit_links",
        "Rapportera utan konto",
        "Enhetens länk och QR-kod får användas, med skrivet namn.",
        default=True,
    ),
    Preference(
        "work_injury_text",
        "Om det gäller dig som medarbetare",
        "Visas för den som själv har skadats eller råkat illa ut i arbetet.",
        "Anmäl arbetsskada och tillbud i kommunens system för arbetsskador. Prata med ditt skyddsombud eller med HR. "
        "Vill du slå larm om något allvarligt finns också kommunens visselblåsarkanal.",
        long=True,
    ),
    Preference(
        "name_promise",
        "Löftet om namnet",
        "Visas där rapportören väljer att inte visa sitt namn för chefen.",
        "Din chef ser inte ditt namn här. Om någon begär ut handlingen prövas sekretessen först.",
        long=True,
    ),
    Preference(
        "duty_text",
        "Information om rapporteringsskyldigheten",
        "Läses av alla som arbetar i verksamheten.",
        "Du som arbetar inom socialtjänsten ska genast rapportera om du ser eller får veta att någon har farit illa, "
        "eller att det finns en påtaglig risk för det. Det gäller den som får stöd av oss och den som kan komma att "
        "få det. Skyldigheten gäller alla som arbetar här: anställda, vikarier, inhyrda och praktikanter.\n\n"
        "Du rapporterar i det här programmet. Du kan också berätta muntligt, så skriver någon in rapporten åt dig. "
        "Du behöver inte veta säkert vad som har hänt eller varför. Rapporten går till SAS, inte till din chef. "
        "Någon annan än din chef utreder den.",
        long=True,
    ),
)
BY_KEY = {preference.key: preference for preference in PREFERENCES}


class LocalValues:
    """All local values as they stand on a day, read in one question the first time one is asked for."""

    def __init__(self, day: date) -> None:
        self.day = day

    @cached_property
    def _stored(self) -> dict[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(STORED_SQL, [self.day])
            return dict(cursor.fetchall())

    def _value(self, key: str) -> Value:
        preference = BY_KEY[key]
        return preference.parse(self._stored[key]) if key in self._stored else preference.default

    def number(self, key: str) -> int:
        value = self._value(key)
        assert type(value) is int, key
        return value

    def flag(self, key: str) -> bool:
        value = self._value(key)
        assert isinstance(value, bool), key
        return value

    def time(self, key: str) -> time:
        return time.fromisoformat(self.text(key))

    def text(self, key: str) -> str:
        value = self._value(key)
        assert isinstance(value, str), key
        return value
