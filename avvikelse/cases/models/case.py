"""The case itself, what was told, and who may know that it exists."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Upper

from avvikelse.cases.kinds import (
    PREFIXES,
    SEALED_KINDS,
    SORTS,
    STATES,
    Affected,
    Kind,
    Known,
    PartOfDay,
    PartRole,
    Sort,
    State,
    Tense,
)
from avvikelse.cases.sight import (
    OPEN_TO_CHIEFS,
    SEEN_IN_ROLE,
    OwnParts,
    grants_that_see,
    implicated,
    own_parts,
    registered_by,
    seen_through,
    somebody_implicated,
    steps_aside,
    with_part,
)
from avvikelse.organisation.access import Access, access_of
from avvikelse.organisation.models import Category, Person, Unit
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import Role


class NumberSeries(models.Model):
    """The last number given per kind and year. The row is locked while a number is taken, so that none is skipped."""

    kind = models.CharField(max_length=3, choices=Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "year"], name="series_once"),)

    def __str__(self) -> str:
        return f"{self.kind}-{self.year}: {self.last}"


def known_states() -> Q:
    pairs = Q()
    for kind, states in STATES.items():
        pairs |= Q(kind=kind, state__in=list(states))
    return pairs


FEW_HITS = 2_000
NUMBERS_BACK = 15
"""Years: a number without one is looked for so far back."""
LONGEST_NUMBER = 6


def known_sorts() -> Q:
    pairs = Q()
    for kind, sorts in SORTS.items():
        pairs |= Q(kind=kind, sort__in=list(sorts))
    return pairs


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(
        self,
        person: Person,
        day: date,
        access: Access | None = None,
        local: LocalValues | None = None,
        parts: OwnParts | None = None,
    ) -> Self:
        """Cases the person may know of as one who handles, never as one who reported.

        Nobody sees where they are *utpekad*. `access`, `local` and `parts` are those of the day, where they are known
        already; else they are asked for at once.
        """
        access, parts = access or access_of(person, day), parts or own_parts(person.pk)
        seen = Q(pk__in=parts.handling)
        for grant in grants_that_see(access, local or LocalValues(day)):
            seen |= seen_through(grant)
        return self.filter(seen).exclude(pk__in=parts.implicated)

    def reported_by(self, person: Person) -> Self:
        """The person's own reports, also those somebody else typed for her or him."""
        return self.filter(reporter=person)

    def handed_over_from(
        self,
        person: Person,
        day: date,
        access: Access | None = None,
        local: LocalValues | None = None,
        parts: OwnParts | None = None,
    ) -> Self:
        """Cases that left the person's units for a sealed kind: only number and date may be shown."""
        access, parts = access or access_of(person, day), parts or own_parts(person.pk)
        seen = Q(pk__in=[])
        for grant in grants_that_see(access, local or LocalValues(day)):
            if SEEN_IN_ROLE[grant.role] is OPEN_TO_CHIEFS:
                left = Q(unit_id__in=grant.unit_ids, kind=Kind.AVV, sealed=True) & ~implicated(grant.leans_on)
                seen |= left & ~somebody_implicated() if steps_aside(grant) else left
        return self.filter(seen).exclude(pk__in=parts.implicated)

    def in_diary_of(self, person: Person, day: date, access: Access | None = None) -> Self:
        """Cases the person registers: of these only number, kind and dates may be shown. Never where *utpekad*."""
        access = access or access_of(person, day)
        registered = Q(pk__in=[])
        for grant in access.grants:
            if grant.role == Role.REGISTRAR:
                registered |= registered_by(grant)
        return self.filter(registered).exclude(pk__in=with_part([person.pk], [PartRole.IMPLICATED]))

    def late(self, day: date) -> Self:
        """With a clock that runs and is past its date."""
        clocks = apps.get_model("cases", "Clock")
        running = clocks.objects.filter(case=OuterRef("pk"), met_at=None, ended_at=None, paused_on=None, due_on__lt=day)
        return self.filter(Exists(running))

    def matching(self, words: str, day: date) -> Self:
        """By meaning in Swedish, by part of a word, or by number. Empty words change nothing.

        Few hits are looked up at once and asked for by their ids: left to choose, the database walks all cases from
        the newest, which only pays for words that stand in very many.
        """
        words = words.strip()
        if not words:
            return self
        found = meant_by(words, day)
        hits = first_hits(self.model.objects.filter(found))
        return self.filter(pk__in=hits) if len(hits) <= FEW_HITS else self.filter(found)

    def alike(self, words: str) -> Self:
        """With words that are spelt nearly so."""
        upper = self.alias(title_up=Upper("title"), story_up=Upper("what_happened"))
        near = Q(title_up__trigram_word_similar=words.upper()) | Q(story_up__trigram_word_similar=words.upper())
        return upper.filter(near)

    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")


def meant_by(words: str, day: date) -> Q:
    """What a search asks for, as a condition on the rows. A bare number is one of any kind in the last years."""
    found = Q(search=SearchQuery(words, config="swedish", search_type="websearch"))
    found |= Q(title__icontains=words) | Q(what_happened__icontains=words)
    if words.isascii() and words.isdigit() and len(words) <= LONGEST_NUMBER:
        years = range(day.year - NUMBERS_BACK, day.year + 1)
        found |= Q(
            reference__in=[f"{prefix}-{year}-{int(words):04d}" for prefix in PREFIXES.values() for year in years]
        )
    elif any(sign.isdigit() for sign in words):
        found |= Q(reference__istartswith=words)
    return found


def first_hits(found: models.QuerySet[Case]) -> list[int]:
    """The ids, at most one more than are few."""
    return list(found.order_by().values_list("pk", flat=True)[: FEW_HITS + 1])


class Case(models.Model):
    """The spine of every kind of case. Written only by the engine's operations; `version` grows with every change."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=3, choices=Kind)
    sort = models.CharField(max_length=20, choices=Sort, blank=True, default=Sort.ORDINARY)
    state = models.CharField(max_length=20, choices=State)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    title = models.CharField(max_length=160)
    what_happened = models.TextField()
    tense = models.CharField(max_length=12, choices=Tense, default=Tense.HAPPENED)
    occurred_on = models.DateField(null=True, blank=True)
    occurred_at = models.TimeField(null=True, blank=True)
    occurred_part = models.CharField(max_length=10, choices=PartOfDay, default=PartOfDay.UNKNOWN)
    affected = models.CharField(max_length=10, choices=Affected)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    reporter = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="reported_cases")
    reporter_typed = models.CharField(max_length=120, blank=True)
    reporter_hidden = models.BooleanField(default=False)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="entered_cases")
    receipt_hash = models.CharField(max_length=64, blank=True)
    under_sol_lss = models.BooleanField(default=True)
    under_hsl = models.BooleanField(default=False)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="cases")
    risk = models.PositiveSmallIntegerField(null=True, blank=True)
    handler = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="handled_cases")
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="offspring")
    state_before = models.CharField(max_length=20, choices=State, blank=True)
    sealed = models.BooleanField(default=False)
    diary_number = models.CharField(max_length=40, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    submission_key = models.UUIDField(unique=True, null=True)
    search = models.GeneratedField(
        expression=SearchVector("title", "what_happened", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=known_states(), name="case_state_of_kind"),
            models.CheckConstraint(condition=Q(risk=None) | Q(risk__range=(1, 16)), name="case_risk_in_scale"),
            models.CheckConstraint(condition=known_sorts(), name="case_sort_of_kind"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.LEX) | Q(sort=Sort.INFORMED) | Q(reporter__isnull=False),
                name="case_lex_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.IVO)
                | Q(reporter__isnull=True, reporter_typed="", receipt_hash="", entered_by__isnull=True),
                name="case_ivo_has_no_reporter",
            ),
            models.CheckConstraint(
                condition=Q(occurred_at=None) | Q(occurred_part=PartOfDay.EXACT, occurred_on__isnull=False),
                name="case_time_has_day",
            ),
        )
        indexes = (
            models.Index(fields=["-received_at", "-id"], name="case_newest"),
            models.Index(fields=["state", "-received_at", "-id"], name="case_newest_by_state"),
            models.Index(fields=["kind", "-received_at", "-id"], name="case_newest_by_kind"),
            models.Index(fields=["unit", "-received_at", "-id"], name="case_newest_by_unit"),
            models.Index(
                fields=["reporter", "-received_at"],
                condition=Q(reporter__isnull=False),
                name="case_by_reporter",
            ),
            models.Index(fields=["handler", "state"], condition=Q(handler__isnull=False), name="case_by_handler"),
            models.Index(
                fields=["unit", "-received_at", "-id"], condition=Q(kind=Kind.AVV, sealed=True), name="case_sealed"
            ),
            models.Index(fields=["receipt_hash"], condition=~Q(receipt_hash=""), name="case_by_receipt"),
            GinIndex(fields=["search"], name="case_search"),
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"),
                OpClass(Upper("what_happened"), name="gin_trgm_ops"),
                name="case_trigram",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_registered(self) -> bool:
        """Whether the registrator gives it a number in the municipality's diary."""
        return self.kind in SEALED_KINDS

    @property
    def is_anonymous(self) -> bool:
        return self.reporter_id is None and not self.reporter_typed


class Report(models.Model):
    """What the reporter told besides the free words. Never rewritten; what is added later is a message.

    The texts hold what a person typed and nothing else; what was chosen among given answers has columns of its own.
    `serious` is empty where it was not asked.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="report")
    consequences = models.TextField(blank=True)
    serious = models.CharField(max_length=10, choices=Known, blank=True, default="")
    abuse = models.BooleanField(default=False)
    misconduct = models.BooleanField(default=False)
    care_harm = models.BooleanField(default=False)
    child = models.CharField(max_length=10, choices=Known, default=Known.UNKNOWN)
    done_at_once = models.TextField(blank=True)
    routine = models.CharField(max_length=10, choices=Known, default=Known.UNKNOWN)
    routine_followed = models.CharField(max_length=10, choices=Known, default=Known.UNKNOWN)
    routine_note = models.TextField(blank=True)
    suggestion = models.TextField(blank=True)
    often = models.CharField(max_length=10, choices=Known, default=Known.UNKNOWN)
    other_principal = models.CharField(max_length=200, blank=True)
    other_principal_note = models.TextField(blank=True)
    seconds_to_send = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Rapporten i {self.case_id}"

    @property
    def ticked(self) -> list[str]:
        """The signs of something grave that the reporter ticked, in words that stand in a row."""
        signs = (
            (self.misconduct, "misstänkt missförhållande"),
            (self.abuse, "övergrepp"),
            (self.care_harm, "skada i vården"),
        )
        return [words for is_ticked, words in signs if is_ticked]
