from celery import shared_task
from django.utils import timezone

from .operations import remove_old_drafts


@shared_task(name="intake.remove_old_drafts")
def remove_old() -> None:
    """Throw away drafts that nobody has written in for a long time."""
    remove_old_drafts(timezone.now())
