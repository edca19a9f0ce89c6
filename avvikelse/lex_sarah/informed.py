"""Underrättelser from enskilda verksamheter: how they come in, and what the nämnd does with them (workflows §6)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.cases.attaching import attach
from avvikelse.cases.engine import Section
from avvikelse.cases.kinds import Kind, Known, PartOfDay, Sort
from avvikelse.cases.models import Case
from avvikelse.cases.operations import NewCase, open_case
from avvikelse.cases.rules import Actor, Outsider, Who
from avvikelse.cases.viewer import Viewer
from avvikelse.inquiries.choices import Grade
from avvikelse.inquiries.points import Point, sentences
from avvikelse.law.citations import cite
from avvikelse.organisation.directory import by_name
from avvikelse.organisation.models import Person, Unit, new_secret
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import Role

from .models import Informed, ProviderLink


def hash_of(secret: str) -> str:
    """What is stored of a link's secret."""
    return hashlib.sha256(f"provider {secret}".encode()).hexdigest()


# --- The links


def units_of(viewer: Viewer) -> QuerySet[Unit]:
    """The open units that the person is SAS for; nobody else knows of the pages."""
    reached = viewer.access.units([Role.SAS])
    if not reached:
        raise Http404
    return Unit.objects.open(viewer.day).filter(pk__in=reached).order_by(by_name(), "pk")


def links_of(viewer: Viewer) -> list[ProviderLink]:
    """Every link of those units, the open ones first, the newest first."""
    rows = ProviderLink.objects.filter(unit__in=units_of(viewer).order_by().values("pk")).select_related("unit")
    return sorted(rows.order_by("-made_at", "-pk"), key=lambda link: not link.is_open(viewer.day))


def link_of(viewer: Viewer, number: int) -> ProviderLink:
    return get_object_or_404(ProviderLink, unit__in=units_of(viewer).order_by().values("pk"), pk=number)


@transaction.atomic
def make_link(unit: Unit, *, provider: str, contact: str, actor: Person, at: datetime) -> str:
    """Make a link for the provider; its secret, which is shown once and kept nowhere."""
    act_as(actor.actor_key)
    secret, day = new_secret(), localdate(at)
    ProviderLink.objects.create(
        unit=unit,
        provider=provider,
        contact=contact,
        secret_hash=hash_of(secret),
        made_by=actor,
        made_at=at,
        expires_on=day + timedelta(days=LocalValues(day).number("provider_link_days")),
    )
    return secret


@transaction.atomic
def revoke_link(link: ProviderLink, *, actor: Person, at: datetime) -> None:
    act_as(actor.actor_key)
    link.revoked_at = link.revoked_at or at
    link.save(update_fields=["revoked_at"])


def link_behind(secret: str, day: date) -> ProviderLink | None:
    """The open link of the secret; None for one that is wrong, old or revoked."""
    found = ProviderLink.objects.select_related("unit").filter(secret_hash=hash_of(secret)).first()
    return found if found and found.is_open(day) else None


# --- What comes in


@dataclass(frozen=True, slots=True)
class Source:
    """Who tells, for which unit, and who writes it down: SAS, or nobody when it comes by a link."""

    provider: str
    unit: Unit
    link: ProviderLink | None = None
    entered_by: Person | None = None

    def actor(self, contact: str) -> Actor:
        if self.entered_by:
            return self.entered_by
        assert self.link is not None, "it comes by a link or is written down by somebody"
        return Outsider(f"provider:{self.link.pk}", f"{contact}, {self.provider}", frozenset[Who]())


@transaction.atomic
def take_in(source: Source, told: Mapping[str, Any], *, at: datetime) -> Case:
    """Open the case of an underrättelse. The same page sent twice comes in once. Raises MoveRefused."""
    if sent := Case.objects.filter(submission_key=told["key"]).first():
        return sent
    actor = source.actor(told["contact"])
    case = open_case(new_case(source, told), actor=actor, at=at)
    Informed.objects.create(
        case=case,
        provider=source.provider,
        link=source.link,
        grade=told["grade"],
        ivo=told["ivo"],
        ivo_number=told["ivo_number"],
    )
    if told.get("document"):
        attach(case, told["document"], by=source.entered_by, at=at)
    return case


def new_case(source: Source, told: Mapping[str, Any]) -> NewCase:
    facts: dict[str, Any] = {
        "sort": Sort.INFORMED,
        "reporter_typed": told["contact"],
        "entered_by": source.entered_by,
        "occurred_on": told["occurred_on"],
        "occurred_part": PartOfDay.UNKNOWN,
    }
    return NewCase(
        kind=Kind.LEX,
        unit=source.unit,
        title=f"Underrättelse från {source.provider}"[:160],
        what_happened=told["what_happened"],
        affected=told["affected"],
        facts=facts,
        told={"done_at_once": told["done_at_once"]},
        submission_key=told["key"],
    )


# --- As it is read


def informed_of(case: Case) -> Informed | None:
    return Informed.objects.filter(case=case).first() if case.sort == Sort.INFORMED else None


def section(case: Case, _capacity: frozenset[Who], _local: LocalValues) -> dict[str, object]:
    """Nothing in a case that the municipality investigates itself."""
    told = informed_of(case)
    if told is None:
        return {}
    found = [
        Point("Verksamhet", told.provider),
        Point("Verksamhetens bedömning", Grade(told.grade).label if told.grade else "Inte bedömt än"),
        Point("Anmält till IVO", sentences(str(Known(told.ivo).label), told.ivo_number)),
        Point("Det nämnden följer upp", told.plan),
        Point("Det uppföljningen visade", told.outcome),
    ]
    cited = cite("provider_informs", "sol", case.received_on)
    return {"points": [point for point in found if point.text], "law": cited}


INFORMED = Section("underrattelse", "Underrättelsen", "lex_sarah/_informed.html", section)
