"""How a lex Sarah case is lived: under SoL or LSS, received by SAS or by whoever stands in for her."""

from __future__ import annotations

from typing import Any

from avvikelse.cases.kinds import Kind, PartRole
from avvikelse.demo.people import QUALITY
from avvikelse.demo.stories import Story
from avvikelse.demo.town import Ekhamn
from avvikelse.inquiries.choices import Misconduct, Statute
from avvikelse.organisation.models import Person

from .fates import Fate
from .inquiry import Inquiry
from .life import Life

KIND_OF_GROUP = {
    "Fysiska övergrepp": Misconduct.PHYSICAL,
    "Sexuella övergrepp": Misconduct.SEXUAL,
    "Psykiska övergrepp": Misconduct.PSYCHOLOGICAL,
    "Brister i bemötande av anställda m.fl.": Misconduct.TREATMENT,
    "Brister i rättssäkerhet vid handläggning och genomförande": Misconduct.LEGAL,
    "Brister i fysisk miljö, utrustning och teknik": Misconduct.ENVIRONMENT,
    "Ekonomiska övergrepp": Misconduct.ECONOMIC,
}
"""What the type of missförhållande is, by the group of the tree; all else is how insatser were given."""
UNDER_LSS = frozenset({"group_home", "day_activity", "personal_assistance", "respite_home", "lss_assessment"})
COLLEAGUES = {
    "aldreomsorg": ("akerbo", "hemtjanst-norr", "bistand"),
    "funktionsstod": ("hamngatan", "kojan", "verkstan"),
    "ifo": ("barn-mottagning", "familjehem", "vuxen"),
}
"""Units whose chiefs investigate at the other units of the branch."""
COORDINATOR = "Mehdi Farahani"


def of(life: Life, story: Story, fate: Fate, event: str) -> Inquiry:
    """What is known when the case has come in. `event` may be empty."""
    kind_of = KIND_OF_GROUP.get(story.category[0], Misconduct.PERFORMANCE)
    taker, director = taker_of(life), life.ekhamn.holding("director", "socialforvaltningen")
    return Inquiry(
        life=life,
        story=story,
        fate=fate,
        kind=Kind.LEX,
        taker=taker,
        topic=(event, f"{kind_of.value}:{life.place.care}", kind_of.value, "lex", "any"),
        received_with=reception,
        investigators=investigators(life.ekhamn, life.place.key, life.place.parent),
        deciders=(director,) if taker == director else (taker, director, director),
    )


def taker_of(life: Life) -> Person:
    """SAS, unless she is *utpekad*: then whoever got the case in her place."""
    stand_in = life.case.parts.filter(role=PartRole.STAND_IN, valid_to=None).select_related("person").first()
    return stand_in.person if stand_in else life.ekhamn.holding("sas", "socialnamnden")


def investigators(ekhamn: Ekhamn, unit: str, branch: str) -> tuple[Person, ...]:
    """The quality office, and chiefs of other units of the branch."""
    chiefs = [ekhamn.chief_of(place) for place in COLLEAGUES[branch] if place != unit]
    return (ekhamn.chief_of(QUALITY), ekhamn.people[COORDINATOR], *chiefs)


def reception(inquiry: Inquiry) -> dict[str, Any]:
    life = inquiry.life
    found: dict[str, Any] = {
        "lagrum": Statute.LSS if life.place.care in UNDER_LSS else Statute.SOL,
        "kind_of": KIND_OF_GROUP.get(inquiry.story.category[0], Misconduct.PERFORMANCE),
    }
    if inquiry.fate.pointed_out and (person := implicated(life)):
        found["implicated"] = person
        life.passed_by |= {person.pk}
    return found


def implicated(life: Life) -> Person | None:
    """One of the unit's staff who is neither its chief nor whoever reported."""
    staff = [person for person in life.ekhamn.staff(life.place.key)[1:] if person.pk != life.case.reporter_id]
    return life.rng.choice(staff) if staff else None
