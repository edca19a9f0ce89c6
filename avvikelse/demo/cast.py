"""The people one can be in the practice municipality."""

from __future__ import annotations

from dataclasses import dataclass

from avvikelse.organisation.models import Person

from .people import demo_people


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    email: str
    about: str


def the_cast() -> list[Part]:
    """Those one can log in as, if they have been loaded, the three of the main job first."""
    emails = set(Person.objects.filter(is_active=True).values_list("email", flat=True))
    return [Part(someone.name, someone.email, someone.about) for someone in demo_people() if someone.email in emails]


def one_of_the_cast(email: str) -> Person | None:
    if email not in {someone.email for someone in demo_people()}:
        return None
    return Person.objects.filter(email=email, is_active=True).first()
