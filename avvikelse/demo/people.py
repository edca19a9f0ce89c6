"""The units and the people of Ekhamns kommun. All of it is invented.

`Place.level` and `Grant.role` hold the values of `organisation.roles.Level` and `Role`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

MUNICIPALITY = "Ekhamns kommun"
NAMND = "socialnamnden"
ADMINISTRATION = "socialforvaltningen"
QUALITY = "kvalitet"

Habit = Literal["ordinary", "exemplary", "slow", "worsening"]
"""How a unit handles its cases: in good time, late, or with more and more falls."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the tree. `care` chooses its stories (empty: none), `pace` is how much it reports beside others."""

    key: str
    name: str
    level: Literal["namnd", "administration", "branch", "unit"]
    parent: str
    care: str = ""
    pace: float = 0.0
    habit: Habit = "ordinary"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held at a place, by the place's key."""

    role: str
    at: str


@dataclass(frozen=True, slots=True)
class Someone:
    """A person who works at `home`. `about` says in one line who it is to log in as, and is empty for the others."""

    name: str
    title: str
    home: str
    grants: tuple[Grant, ...]
    about: str = ""

    @property
    def email(self) -> str:
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return f"{plain.lower().replace(' ', '.')}@ekhamn.example"


PLACES = (
    Place(NAMND, "Socialnämnden", "namnd", ""),
    Place(ADMINISTRATION, "Socialförvaltningen", "administration", NAMND),
    Place("aldreomsorg", "Äldreomsorg", "branch", ADMINISTRATION),
    Place("funktionsstod", "Funktionsstöd", "branch", ADMINISTRATION),
    Place("ifo", "Individ- och familjeomsorg", "branch", ADMINISTRATION),
    Place(QUALITY, "Kvalitet och stöd", "unit", ADMINISTRATION),
    Place("solglantan", "Solgläntan", "unit", "aldreomsorg", "care_home", 1.6),
    Place("bjorkhaga", "Björkhaga", "unit", "aldreomsorg", "care_home", 1.4, "worsening"),
    Place("akerbo", "Åkerbo korttidsboende", "unit", "aldreomsorg", "short_stay", 1.0),
    Place("hemtjanst-norr", "Hemtjänsten Norr", "unit", "aldreomsorg", "home_care", 1.5),
    Place("hemtjanst-soder", "Hemtjänsten Söder", "unit", "aldreomsorg", "home_care", 1.4, "slow"),
    Place("nattpatrullen", "Nattpatrullen", "unit", "aldreomsorg", "night_patrol", 0.8),
    Place("halso-och-sjukvard", "Hälso- och sjukvårdsenheten", "unit", "aldreomsorg", "nursing", 1.1),
    Place("bistand", "Biståndsenheten", "unit", "aldreomsorg", "needs_assessment", 0.7),
    Place("ripvagen", "Gruppbostaden Ripvägen", "unit", "funktionsstod", "group_home", 0.9),
    Place("tallbacken", "Gruppbostaden Tallbacken", "unit", "funktionsstod", "group_home", 1.0, "exemplary"),
    Place("hamngatan", "Servicebostaden Hamngatan", "unit", "funktionsstod", "group_home", 0.7),
    Place("verkstan", "Daglig verksamhet Verkstan", "unit", "funktionsstod", "day_activity", 0.7),
    Place("assistans", "Personlig assistans", "unit", "funktionsstod", "personal_assistance", 0.8),
    Place("kojan", "Korttidshemmet Kojan", "unit", "funktionsstod", "respite_home", 0.6),
    Place("lss-handlaggning", "LSS-handläggningen", "unit", "funktionsstod", "lss_assessment", 0.4),
    Place("socialpsykiatri", "Socialpsykiatri och boendestöd", "unit", "funktionsstod", "social_psychiatry", 0.7),
    Place("barn-mottagning", "Mottagning barn och unga", "unit", "ifo", "child_intake", 0.8),
    Place("barn-utredning", "Utredning barn och unga", "unit", "ifo", "child_inquiry", 0.9),
    Place("familjehem", "Familjehemsgruppen", "unit", "ifo", "foster_care", 0.6),
    Place("forsorjningsstod", "Försörjningsstöd", "unit", "ifo", "income_support", 0.8),
    Place("vuxen", "Vuxenenheten", "unit", "ifo", "addiction", 0.7),
)
"""The tree, every parent before its children."""

STAFF: dict[str, tuple[tuple[str, str], ...]] = {
    QUALITY: (("Margareta Löfdahl", "kvalitetschef"),),
    "solglantan": (
        ("Karin Ek", "enhetschef"),
        ("Amira Haddad", "undersköterska"),
        ("Jonas Berg", "gruppledare"),
        ("Mirjam Tesfaye", "undersköterska"),
        ("Pirjo Lahtinen", "undersköterska"),
        ("Zahra Rezai", "undersköterska"),
    ),
    "bjorkhaga": (
        ("Jasmina Begović", "enhetschef"),
        ("Ingela Strömvall", "undersköterska"),
        ("Abdirahman Jama", "undersköterska"),
        ("Ewa Malinowska", "gruppledare"),
    ),
    "akerbo": (
        ("Peter Hallbeck", "enhetschef"),
        ("Nadia Karam", "undersköterska"),
        ("Raija Kokko", "vårdbiträde"),
    ),
    "hemtjanst-norr": (
        ("Camilla Ståhlbom", "enhetschef"),
        ("Reza Moradi", "undersköterska"),
        ("Therese Uddgren", "samordnare i hemtjänsten"),
        ("Fadumo Abdi", "undersköterska"),
        ("Marek Wójcik", "vårdbiträde"),
    ),
    "hemtjanst-soder": (
        ("Samir Nasser", "enhetschef"),
        ("Annika Thelander", "samordnare i hemtjänsten"),
        ("Halima Yusuf", "undersköterska"),
        ("Goran Petrović", "vårdbiträde"),
    ),
    "nattpatrullen": (
        ("Ulrika Sjödahl", "enhetschef"),
        ("Amina Warfa", "undersköterska"),
        ("Tuula Heikkinen", "undersköterska"),
    ),
    "halso-och-sjukvard": (
        ("Maria Engelbrant", "enhetschef"),
        ("Johanna Ekdahl", "sjuksköterska"),
        ("Bashir Noori", "sjuksköterska"),
        ("Elin Granath", "arbetsterapeut"),
        ("Piotr Kowal", "fysioterapeut"),
    ),
    "bistand": (
        ("Lotta Hedvall", "enhetschef"),
        ("Rasmus Klingvall", "biståndshandläggare"),
        ("Shirin Ahmadi", "biståndshandläggare"),
    ),
    "ripvagen": (
        ("Dragana Ilić", "enhetschef"),
        ("Saga Wiklander", "stödpedagog"),
        ("Liban Hersi", "stödassistent"),
    ),
    "tallbacken": (
        ("Marie Nordell", "enhetschef"),
        ("Kim Alvén", "stödpedagog"),
        ("Selma Kurtović", "stödassistent"),
    ),
    "hamngatan": (
        ("Anders Bruhn", "enhetschef"),
        ("Linnéa Skogman", "stödpedagog"),
        ("Yohannes Berhe", "stödassistent"),
    ),
    "verkstan": (
        ("Cecilia Vinge", "enhetschef"),
        ("Roger Lantz", "arbetshandledare"),
        ("Amela Hodžić", "arbetshandledare"),
    ),
    "assistans": (
        ("Tarik Delić", "enhetschef"),
        ("Idris Omar", "personlig assistent"),
        ("Sara-Lisa Bjurman", "personlig assistent"),
    ),
    "kojan": (
        ("Helena Frisell", "enhetschef"),
        ("Noor Jabbar", "stödassistent"),
        ("Minna Laine", "stödassistent"),
    ),
    "lss-handlaggning": (
        ("Göran Tillman", "enhetschef"),
        ("Emma Ljungstrand", "LSS-handläggare"),
        ("Hassan Darwish", "LSS-handläggare"),
    ),
    "socialpsykiatri": (
        ("Anneli Mäkitalo", "enhetschef"),
        ("David Rehnmark", "boendestödjare"),
        ("Layla Mansour", "boendestödjare"),
    ),
    "barn-mottagning": (
        ("Petra Winroth", "enhetschef"),
        ("Maja Cederlöf", "socialsekreterare"),
        ("Yasin Saleh", "socialsekreterare"),
    ),
    "barn-utredning": (
        ("Erik Söderfors", "enhetschef"),
        ("Hodan Warsame", "1:e socialsekreterare"),
        ("Moa Hjelmgren", "socialsekreterare"),
        ("Danijela Marić", "socialsekreterare"),
    ),
    "familjehem": (
        ("Susanna Dahlin", "enhetschef"),
        ("Mikael Lindrot", "familjehemssekreterare"),
        ("Hanna Gebremariam", "familjehemssekreterare"),
    ),
    "forsorjningsstod": (
        ("Roya Hosseini", "enhetschef"),
        ("Fredrik Almroth", "socialsekreterare"),
        ("Jelena Savić", "socialsekreterare"),
    ),
    "vuxen": (
        ("Stefan Liljedahl", "enhetschef"),
        ("Kalle Nurmi", "socialsekreterare"),
        ("Idil Aden", "socialsekreterare"),
    ),
}
"""Who works where: the chief first, then name and title of the others."""

OFFICES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("Gunilla Wretberg", "nämndens ordförande", NAMND, (("board", NAMND), ("chair", NAMND))),
    ("Leena Kivimäki", "förvaltningschef", ADMINISTRATION, (("director", ADMINISTRATION),)),
    ("Birgitta Norling", "avdelningschef", "aldreomsorg", (("branch_chief", "aldreomsorg"),)),
    ("Tomasz Zielonka", "avdelningschef", "funktionsstod", (("branch_chief", "funktionsstod"),)),
    ("Katarina Hellberg", "avdelningschef", "ifo", (("branch_chief", "ifo"),)),
    ("Elisabet Sandgren", "socialt ansvarig samordnare", QUALITY, (("sas", NAMND),)),
    ("Henrik Palmqvist", "medicinskt ansvarig sjuksköterska", QUALITY, (("mas", NAMND),)),
    ("Sanna Ikonen", "medicinskt ansvarig för rehabilitering", QUALITY, (("mar", NAMND),)),
    ("Yvonne Brodin", "registrator", QUALITY, (("registrar", ADMINISTRATION),)),
    ("Mehdi Farahani", "samordnare för samverkan", QUALITY, (("coordinator", ADMINISTRATION),)),
    ("Inger Vikander", "dataskyddssamordnare", QUALITY, (("log_reviewer", ADMINISTRATION),)),
    ("Emir Halilović", "systemförvaltare", QUALITY, (("administrator", ADMINISTRATION),)),
)
"""Those with an office of their own: name, title, home, and roles with the place they are held at."""

FURTHER_ROLES = {"Hodan Warsame": ("first_social_worker", "barn-utredning")}

ABOUT = {
    "Amira Haddad": "Undersköterska på Solgläntan. Rapporterar och läser vad det ledde till.",
    "Karin Ek": "Enhetschef på Solgläntan. Bedömer, utser utredare, beslutar åtgärder och svarar.",
    "Jonas Berg": "Gruppledare på Solgläntan. Utreder avvikelser och följer upp åtgärder.",
    "Hodan Warsame": "1:e socialsekreterare, Utredning barn och unga. Hjälper sin chef att bedöma.",
    "Birgitta Norling": "Avdelningschef för äldreomsorgen. Ser allt hos sina enheter.",
    "Leena Kivimäki": "Förvaltningschef. Ser det som har fastnat.",
    "Elisabet Sandgren": "SAS. Tar emot lex Sarah och ser avvikelser enligt SoL och LSS.",
    "Henrik Palmqvist": "MAS. Tar emot vårdskador och ser avvikelser enligt HSL.",
    "Sanna Ikonen": "MAR. Som MAS, men för rehabilitering.",
    "Yvonne Brodin": "Registrator. Rapporterar som andra, ser inget innehåll i ärenden.",
    "Mehdi Farahani": "Samordnare för samverkan. Rapporterar som andra, ser inga avvikelser.",
    "Gunilla Wretberg": "Socialnämndens ordförande. Rapporterar som andra, ser inga ärenden.",
    "Inger Vikander": "Loggranskare. Rapporterar som andra, ser inga ärenden.",
    "Emir Halilović": "Systemförvaltare. Sköter enheter, personer och inställningar, inga ärenden.",
}
"""Those one can log in as, in the order they are shown."""


def _grants(name: str, own: tuple[tuple[str, str], ...]) -> tuple[Grant, ...]:
    further = (FURTHER_ROLES[name],) if name in FURTHER_ROLES else ()
    return tuple(Grant(role, at) for role, at in (*own, *further))


def _of_unit(place: str) -> tuple[Someone, ...]:
    made = []
    for number, (name, title) in enumerate(STAFF[place]):
        own = (("employee", place),) if number else (("chief", place), ("employee", place))
        made.append(Someone(name, title, place, _grants(name, own), ABOUT.get(name, "")))
    return tuple(made)


@cache
def everybody() -> tuple[Someone, ...]:
    """All people: offices first, then unit by unit with its chief first. All but the board may report as employees."""
    offices = (
        Someone(
            name, title, home, _grants(name, own if home == NAMND else (*own, ("employee", home))), ABOUT.get(name, "")
        )
        for name, title, home, own in OFFICES
    )
    return (*offices, *(someone for place in STAFF for someone in _of_unit(place)))


def demo_people() -> tuple[Someone, ...]:
    """Those one can log in as, the three of the main job first."""
    by_name = {someone.name: someone for someone in everybody()}
    return tuple(by_name[name] for name in ABOUT)


def units() -> tuple[Place, ...]:
    """The places that have stories of their own."""
    return tuple(place for place in PLACES if place.care)


def at_work(place: str) -> tuple[Someone, ...]:
    """Who works at the place, its chief first where it has one."""
    here = [someone for someone in everybody() if someone.home == place]
    return tuple(sorted(here, key=lambda someone: Grant("chief", place) not in someone.grants))
