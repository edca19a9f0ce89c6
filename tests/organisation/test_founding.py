"""An empty installation gets its first units and its first systemförvaltare by one command, once."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from avvikelse.organisation.access import access_of
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.roles import Role

pytestmark = pytest.mark.django_db
ANSWERS = ("--namnd", "Socialnämnden", "--forvaltning", "Socialförvaltningen", "--namn", "Siv Ros")


def test_the_first_systemforvaltare_takes_it_from_there() -> None:
    call_command("found", *ANSWERS, "--epost", "Siv.Ros@ekhamn.example")
    person = Person.objects.get()
    assert (person.email, person.has_usable_password()) == ("siv.ros@ekhamn.example", False)
    assert [unit.name for unit in Unit.objects.order_by("path")] == ["Socialnämnden", "Socialförvaltningen"]
    assert access_of(person, timezone.localdate()).has(Role.ADMINISTRATOR)


def test_a_municipality_is_founded_once() -> None:
    call_command("found", *ANSWERS, "--epost", "siv.ros@ekhamn.example")
    with pytest.raises(CommandError, match="Kommunen finns redan"):
        call_command("found", *ANSWERS, "--epost", "annan@ekhamn.example")
