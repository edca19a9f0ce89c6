import logging

from celery import shared_task
from django.db import transaction
from django.utils.timezone import localdate, now

from avvikelse.audit.operations import act_as
from avvikelse.organisation.preferences import LocalValues

from .engine import Step
from .filters import open_cases
from .kinds import SEALED_KINDS
from .models import Case
from .operations import MoveRefused, ensure_taker, system_actor

logger = logging.getLogger(__name__)


@shared_task(name="cases.ensure_takers")
def ensure_takers() -> None:
    """See to it that every open case of a sealed kind has somebody who can take it: roles begin and end by themselves.

    Where there is nobody the log says so, and the next case is seen to.
    """
    for case_id in Case.objects.filter(open_cases(), kind__in=SEALED_KINDS).values_list("pk", flat=True):
        see_to(case_id)


@transaction.atomic
def see_to(case_id: int) -> None:
    actor, at = system_actor(), now()
    act_as(actor.actor_key)
    case = Case.objects.select_for_update(of=("self",)).select_related("unit").get(pk=case_id)
    day = localdate(at)
    try:
        ensure_taker(case, Step(case, actor, at, day, LocalValues(day), {}))
    except MoveRefused:
        logger.error("nobody can take %s", case.reference)  # noqa: TRY400 (which case it is says all there is to say)
