"""Pages of the händelseanalys: the drawing with its text, and a small page for each thing that is written in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from avvikelse.cases.kinds import Kind
from avvikelse.cases.lookup import visible_case
from avvikelse.cases.models import Case
from avvikelse.cases.moving import tell_stale
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.cases.viewer import Viewer, viewer_of

from . import analysis_forms as forms
from . import analysis_lookup as lookup
from . import analysis_operations as operations
from .analysis_drawn import drawings
from .models import Barrier, Block, Factor


def seen(viewer: Viewer, reference: str) -> Case:
    """A case that may have a händelseanalys, for one who handles it, else 404."""
    case = visible_case(viewer, reference)
    if Kind(case.kind) not in operations.WRITERS:
        raise Http404
    return case


def written(viewer: Viewer, reference: str) -> Case:
    """The same, for one who writes the analysis."""
    return guarded(viewer, seen(viewer, reference))


def guarded(viewer: Viewer, case: Case) -> Case:
    if not operations.writes(case, viewer.capacities(case)):
        raise PermissionDenied
    return case


def event_analysis(request: HttpRequest, reference: str) -> HttpResponse:
    """The analysis as it stands, in a drawing and in words."""
    viewer = viewer_of(request)
    case = seen(viewer, reference)
    course = lookup.course_of(case)
    writes = operations.writes(case, viewer.capacities(case))
    locked = operations.locked_for_writing(case)
    viewer.note_read("read", case=case)
    context = {
        "case": case,
        "course": course,
        "drawings": drawings(course),
        "in_short": lookup.in_short(course),
        "team": lookup.team_of(case, course.analysis),
        "may_write": writes and not locked,
        "locked": locked if writes else "",
        "lacks": lookup.what_lacks(case) if writes and not locked else [],
    }
    return render(request, "inquiries/analysis.html", context)


# --- Writing


def answer(
    request: HttpRequest, case: Case, form: forms.CourseForm, act: Callable[..., object], title: str, *, gone: str = ""
) -> HttpResponse:
    """Show the form, or do what it asks and go back. What stops it is said, with all that was typed kept."""
    viewer = viewer_of(request)
    if form.is_valid() and done(form, act, viewer):
        return redirect("event_analysis", case.reference)
    viewer.note_read("read", case=case)
    locked = gone or operations.locked_for_writing(case)
    context = {"case": case, "form": form, "title": title, "locked": locked, "today": viewer.day}
    return render(request, "inquiries/analysis_form.html", context, status=409 if form.stale else 200)


def done(form: forms.CourseForm, act: Callable[..., object], viewer: Viewer) -> bool:
    try:
        with transaction.atomic():
            act(actor=viewer.person, at=viewer.at, version=form.version_to_save())
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    except StaleCase as stale:
        tell_stale(form, stale, viewer)
        form.lay_beside(lookup.last_change(stale.case))
        return False
    return True


def made_of(request: HttpRequest, case: Case, row: Any = None, **initial: object) -> dict[str, Any]:
    """What a form about the course is made of."""
    viewer = viewer_of(request)
    data = request.POST if request.method == "POST" else None
    who = {"case": case, "actor": viewer.person, "day": viewer.day, "local": viewer.local}
    return {"data": data, "course": lookup.course_of(case), "row": row, "initial": initial, **who}


def frame(request: HttpRequest, reference: str) -> HttpResponse:
    """Assignment, method and team."""
    case = written(viewer_of(request), reference)
    row = lookup.analysis_or_new(case)
    form = forms.FrameForm(**made_of(request, case, row, **lookup.suggested_frame(case, row)))

    def act(**who: Any) -> object:
        return operations.save_frame(case.pk, **who, **form.answers())

    return answer(request, case, form, act, "Uppdrag och arbetssätt")


def block_add(request: HttpRequest, reference: str) -> HttpResponse:
    """A new step, last in the course or after the step named in the address: ?efter=2."""
    case = written(viewer_of(request), reference)
    after = request.GET.get("efter", "")
    form = forms.BlockForm(**made_of(request, case, **({"after": after} if after else {})))

    def act(**who: Any) -> object:
        return operations.add_block(case.pk, **who, after=form.cleaned_data["after"], **form.answers())

    return answer(request, case, form, act, "Nytt steg i förloppet")


def block_change(request: HttpRequest, number: int) -> HttpResponse:
    block, case = block_of(request, number)
    form = forms.BlockForm(**made_of(request, case, block))

    def act(**who: Any) -> object:
        return operations.change_block(block.pk, **who, **form.answers())

    gone = "" if block.place else operations.STEP_GONE
    return answer(request, case, form, act, f"Steg {block.place}" if block.place else "Ett steg", gone=gone)


def factor_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Something that contributed, to the whole course or to the step named in the address: ?steg=17."""
    case = written(viewer_of(request), reference)
    form = forms.FactorForm(**made_of(request, case, block=request.GET.get("steg", "")))

    def act(**who: Any) -> object:
        return operations.add_factor(case.pk, **who, **form.answers())

    return answer(request, case, form, act, "Vad bidrog?")


def factor_change(request: HttpRequest, number: int) -> HttpResponse:
    factor, case = factor_of(request, number)
    form = forms.FactorForm(**made_of(request, case, factor))

    def act(**who: Any) -> object:
        return operations.change_factor(factor.pk, **who, **form.answers())

    return answer(request, case, form, act, "Vad bidrog?", gone=operations.FACTOR_GONE if factor.taken_away else "")


def barrier_add(request: HttpRequest, reference: str) -> HttpResponse:
    """A barrier at the step named in the address: ?steg=17."""
    case = written(viewer_of(request), reference)
    form = forms.BarrierForm(**made_of(request, case, block=request.GET.get("steg", "")))

    def act(**who: Any) -> object:
        return operations.add_barrier(case.pk, **who, **form.answers())

    return answer(request, case, form, act, "Skydd som höll eller brast")


def barrier_change(request: HttpRequest, number: int) -> HttpResponse:
    barrier, case = barrier_of(request, number)
    form = forms.BarrierForm(**made_of(request, case, barrier))

    def act(**who: Any) -> object:
        return operations.change_barrier(barrier.pk, **who, **form.answers())

    gone = operations.BARRIER_GONE if barrier.taken_away else ""
    return answer(request, case, form, act, "Skydd som höll eller brast", gone=gone)


def block_of(request: HttpRequest, number: int) -> tuple[Block, Case]:
    viewer = viewer_of(request)
    block, case = lookup.block_in_sight(viewer, number)
    return block, guarded(viewer, case)


def factor_of(request: HttpRequest, number: int) -> tuple[Factor, Case]:
    viewer = viewer_of(request)
    factor, case = lookup.factor_in_sight(viewer, number)
    return factor, guarded(viewer, case)


def barrier_of(request: HttpRequest, number: int) -> tuple[Barrier, Case]:
    viewer = viewer_of(request)
    barrier, case = lookup.barrier_in_sight(viewer, number)
    return barrier, guarded(viewer, case)


# --- Moving and taking away


@require_POST
def block_move(request: HttpRequest, number: int) -> HttpResponse:
    """One place up, or down."""
    block, case = block_of(request, number)

    def act(**who: Any) -> object:
        return operations.move_block(block.pk, **who, up="up" in request.POST)

    return pressed(request, case, act, anchor=f"#steg-{block.pk}")


@require_POST
def analysis_lock(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the analysis as a numbered document."""
    case = written(viewer_of(request), reference)

    def act(**who: Any) -> object:
        document = operations.lock_analysis(case.pk, **who)
        messages.success(request, f"Händelseanalysen är låst som handling nr {document.number}.")
        return document

    return pressed(request, case, act)


def pressed(request: HttpRequest, case: Case, act: Callable[..., object], anchor: str = "") -> HttpResponse:
    """Do what a single button says. If it was refused, or the page was old, the page says so and shows what is now."""
    viewer = viewer_of(request)
    form = forms.TakeAwayForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        with transaction.atomic():
            act(actor=viewer.person, at=viewer.at, version=version)
    except MoveRefused as refused:
        messages.warning(request, " ".join(refused.sentences))
    except StaleCase:
        messages.warning(request, "Ärendet har ändrats sedan sidan visades. Inget gjordes. Så här ser det ut nu.")
    return redirect(f"{reverse('event_analysis', args=[case.reference])}{anchor}")


def block_take_away(request: HttpRequest, number: int) -> HttpResponse:
    block, case = block_of(request, number)
    going = [*lookup.what_goes_along(block)]
    return take_away(request, case, operations.take_away_block, block, f"Ta bort steg {block.place or ''}", going)


def factor_take_away(request: HttpRequest, number: int) -> HttpResponse:
    factor, case = factor_of(request, number)
    return take_away(request, case, operations.take_away_factor, factor, "Ta bort det som bidrog", [])


def barrier_take_away(request: HttpRequest, number: int) -> HttpResponse:
    barrier, case = barrier_of(request, number)
    return take_away(request, case, operations.take_away_barrier, barrier, "Ta bort skyddet", [])


def take_away(
    request: HttpRequest,
    case: Case,
    verb: Callable[..., object],
    row: Block | Factor | Barrier,
    title: str,
    going: list[str],
) -> HttpResponse:
    """Ask whether, showing what goes, and do it."""
    if request.method == "POST":
        return pressed(request, case, lambda **who: verb(row.pk, **who))
    viewer_of(request).note_read("read", case=case)
    text = row.what if isinstance(row, Block) else row.text
    locked = operations.locked_for_writing(case)
    context = {"case": case, "title": title.strip(), "text": text, "going": going, "locked": locked}
    return render(request, "inquiries/analysis_take_away.html", context)
