"""What the worker does here. The database says what waits; a message is only a wake-up."""

from django.utils import timezone

from avvikelse.celery import app

from . import operations


@app.task(name="documents.render")
def render(pk: int) -> None:
    operations.render_document(pk, at=timezone.now())


@app.task(name="documents.render_waiting")
def render_waiting() -> None:
    operations.render_waiting(at=timezone.now())
