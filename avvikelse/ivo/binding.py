"""A notification or an answer with the files that go along, as one PDF: the files lie in it as attachments."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime

from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.documents.operations import printed_context
from avvikelse.documents.render import Enclosed, render_now
from avvikelse.organisation.models import Person

from .enclosing import chosen_among, content_of, enclosed_with
from .lookup import notification_of
from .models import Sending
from .operations import texts_of
from .paper import named, notice_content

MOST_BYTES = 60 * 1024 * 1024
TOO_MUCH = "Bilagorna är för stora för en enda fil. Ladda ner dem var för sig i ärendet."


def draft_as_one(case: Case, *, by: Person, day: date, at: datetime) -> bytes:
    """The notification as it is saved, marked as a draft. Raises RenderError, and MoveRefused for a file."""
    chosen = chosen_among(case, enclosed_with(notification_of(case)))
    files = [Enclosed(each.name, each.content()) for each in chosen]
    content = notice_content(case, texts_of(case, day), named(each.name for each in chosen), by=by, day=day)
    numbered = {"reference": case.reference, "number": 0, "earlier": 0}
    made = localtime(at).isoformat(timespec="seconds")
    return bound("ivo_notice", {**content, **numbered, "made": made}, f"Utkast till anmälan {case.reference}", files)


def sent_as_one(sending: Sending) -> bytes:
    """What was sent, made of what was frozen then. Raises RenderError, and MoveRefused for a file."""
    document = sending.document
    assert document is not None, "only what has a document is bound"
    files = [Enclosed(each.name, content_of(each)) for each in sending.files.order_by("pk")]
    return bound(document.template, printed_context(document), str(document), files)


def bound(template: str, context: dict[str, object], title: str, files: list[Enclosed]) -> bytes:
    if sum(len(each.content) for each in files) > MOST_BYTES:
        raise MoveRefused([TOO_MUCH])
    return render_now(f"pdf/{template}.html", context, title, files=files)
