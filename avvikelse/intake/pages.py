"""The pages of a report being written, the same with an account and without: what differs is the desk."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse

from avvikelse.audit.operations import record_read
from avvikelse.cases.models import Case
from avvikelse.documents.render import RenderError, render_now

from .answers import Name
from .codes import new_code, submission_key
from .desk import CHECK, Desk, let_browser_forget, let_browser_keep, new_draft
from .drawing import drawn
from .forms import QuestionForm, WholeForm
from .lines import lines_of
from .models import DraftFile
from .operations import (
    AlreadySent,
    add_files,
    believed_start,
    remove_file,
    save_answers,
    send_report,
)
from .queries import files_of, sent_with
from .questions import ALL, SLUG_OF_FIELD, Step, as_posted, askable, fields_on, step_at, typed
from .receipt import Receipt, kept_out_words, paper_of, readers_words, receipt_of
from .review import Choice, Review, likely_route, review_of, token_of
from .routing import in_a_row, in_a_sentence

BACK = "tillbaka"


# --- A question, and all of them --------------------------------------------------------------------------------


def question_page(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """One question. What is sent is kept even when it has to be corrected."""
    if case := case_of(desk):
        return sent_before(request, desk, case, typed(request.POST, fields_on(slug)))
    step = step_at(desk, slug)
    if step is None:
        if slug in SLUG_OF_FIELD.values():
            return redirect(desk.check_url)
        raise Http404
    if request.method == "POST":
        return answered_question(request, desk, step)
    return ask(request, desk, step, step.question.form(desk=desk))


def answered_question(request: HttpRequest, desk: Desk, step: Step) -> HttpResponse:
    answers = typed(request.POST, step.question.fields)
    try:
        desk, refused = kept(request, desk, answers)
    except AlreadySent as sent:
        return sent_before(request, desk, sent.case, answers)
    to_check, wish = request.GET.get("sedan") == CHECK, request.POST.get("then", "")
    if wish and wish != CHECK:
        return redirect(desk.check_url if to_check else elsewhere(desk, step, wish))
    form = step.question.form(request.POST, request.FILES, desk=desk)
    if not valid_with_files(form, refused):
        return ask(request, desk, step, form)
    now = step_at(desk, step.question.slug)
    if to_check or wish == CHECK or now is None or now.after is None:
        return redirect(desk.check_url)
    return redirect(desk.url("question", now.after.slug))


def elsewhere(desk: Desk, step: Step, wish: str) -> str:
    """Back one question, or to a named one. What was typed is kept and judged later."""
    if wish == BACK and step.before:
        return desk.url("question", step.before.slug)
    return desk.url("question", wish if step_at(desk, wish) else step.question.slug)


def ask(request: HttpRequest, desk: Desk, step: Step, form: QuestionForm) -> HttpResponse:
    slug = step.question.slug
    context: dict[str, Any] = {"step": step, "form": form, "page": slug, "to_check": request.GET.get("sedan") == CHECK}
    context["fields"] = [drawn(field) for field in form]
    if slug in {"vad-hande", "chef"}:
        context |= readers_beforehand(desk)
    if slug in {"vad-hande", "vem"}:
        context["work_injury"] = desk.local.text("work_injury_text")
    if slug == "filer":
        context["files"] = removable(desk)
    return page(request, desk, "intake/question.html", context)


def readers_beforehand(desk: Desk) -> dict[str, object]:
    """Who reads an ordinary report, and who does when it is about the chief; nothing when no unit is known."""
    unit = desk.likely_unit
    if unit is None:
        return {}
    way, chiefs = likely_route(desk, unit)
    past, _ = likely_route(desk, unit, about_chief=True)
    return {
        "unit_name": unit.name,
        "readers": way.readers,
        "reader_names": in_a_sentence(way.readers),
        "chiefs": in_a_row([person.name for person in chiefs]),
        "past_readers": in_a_sentence(past.readers),
        "route": token_of(Choice.AVV, way),
    }


def all_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every question on one page. One sending is enough when nothing more needs to be seen first."""
    if request.method == "POST":
        return answered_all(request, desk)
    if case_of(desk):
        return redirect(desk.receipt_url)
    return ask_all(request, desk, WholeForm(desk=desk))


def answered_all(request: HttpRequest, desk: Desk) -> HttpResponse:
    answers = typed(request.POST, fields_on(ALL))
    note_start(request, desk)
    saved = False
    refused: list[str] = []
    try:
        if request.FILES:
            desk, refused = kept(request, desk, answers)
            saved = True
        form = WholeForm(request.POST, request.FILES, desk=desk)
        ready = valid_with_files(form, refused)
        review = review_of(desk, form.report()) if ready else None
        if review and may_go(review, request.POST.get("route", "")) and "later" not in request.POST:
            return sent(request, desk, review, answers)
        if not saved:
            desk, refused = kept(request, desk, answers)
    except AlreadySent as already:
        return sent_before(request, desk, already.case, answers)
    return redirect(desk.check_url) if review else ask_all(request, desk, form)


def may_go(review: Review, shown: str) -> bool:
    """Whether everything the reporter must see before sending has been seen."""
    return not review.refusal and not review.note and review.token == shown


def ask_all(request: HttpRequest, desk: Desk, form: WholeForm) -> HttpResponse:
    first = [name for question in askable(desk) if question.required for name in question.fields if name in form.fields]
    more = [name for question in askable(desk) for name in question.fields if name in form.fields and name not in first]
    context = {
        "form": form,
        "page": ALL,
        "first": [(name, drawn(form[name])) for name in first],
        "more": [(name, drawn(form[name])) for name in more],
        "more_open": more_open(desk, form, more),
        "files": removable(desk),
        "work_injury": desk.local.text("work_injury_text"),
        **readers_beforehand(desk),
    }
    return page(request, desk, "intake/whole.html", context)


def more_open(desk: Desk, form: WholeForm, more: list[str]) -> bool:
    """Whether something in the folded part was answered or has to be corrected."""
    ordinary = {"name": Name.SHOWN.value}
    answered = {name for name, value in desk.draft.answers.items() if value and value != ordinary.get(name)}
    return any(name in more for name in {*form.errors, *answered})


def removable(desk: Desk) -> list[tuple[DraftFile, str]]:
    """The files so far, and where each is taken away."""
    return [(each, desk.url("file_remove", str(each.pk))) for each in files_of(desk.draft)]


# --- Saving -----------------------------------------------------------------------------------------------------


def note_start(request: HttpRequest, desk: Desk) -> None:
    if desk.new:
        desk.draft.started_at = believed_start(request.POST.get("opened", ""), desk.at)


def kept(request: HttpRequest, desk: Desk, answers: dict[str, Any]) -> tuple[Desk, list[str]]:
    """The desk with the answers and files saved, and a sentence for every file that was refused."""
    if desk.new and not request.FILES and not said_anything(answers):
        return desk, []
    note_start(request, desk)
    desk = replace(desk, draft=save_answers(desk, answers))
    return desk, add_files(desk, request.FILES.getlist("attached")) if request.FILES else []


def said_anything(answers: dict[str, Any]) -> bool:
    """Whether there is more than what the page with all questions has filled in by itself."""
    filled_in = {"unit", "name"} if "what_happened" in answers else set()
    return any(value for name, value in answers.items() if name not in filled_in)


def valid_with_files(form: QuestionForm, refused: list[str]) -> bool:
    form.full_clean()
    for sentence in refused:
        form.add_error("attached", sentence)
    return form.is_valid()


def save_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Saving while typing. A draft that was sent meanwhile is left as it is."""
    fields = fields_on(request.POST.get("page", ""))
    if not fields:
        return HttpResponseBadRequest()
    note_start(request, desk)
    with suppress(AlreadySent):
        save_answers(desk, typed(request.POST, fields))
    return HttpResponse(status=204)


def file_remove(request: HttpRequest, desk: Desk, file_id: int) -> HttpResponse:
    """Take a file away. The button stands in the page's form, so what was typed there comes along and is kept."""
    where = request.POST.get("page", "")
    try:
        desk = replace(desk, draft=save_answers(desk, typed(request.POST, fields_on(where))))
        remove_file(desk, file_id)
    except AlreadySent:
        return redirect(desk.receipt_url)
    return redirect(desk.all_url if where == ALL else desk.url("question", "filer"))


# --- Before sending ---------------------------------------------------------------------------------------------


def check_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was answered, what it becomes and why, who reads it; then it is sent."""
    if case_of(desk):
        return redirect(desk.receipt_url)
    whole = WholeForm(as_posted(desk.draft.answers), desk=desk)
    review = review_of(desk, whole.report()) if whole.is_valid() else None
    if request.method == "POST" and "choice" in request.POST:
        return chosen(request, desk)
    changed = False
    if request.method == "POST" and review:
        if may_go(review, request.POST.get("seen", "")):
            return sent(request, desk, review, {})
        changed = not review.refusal
    return show_check(request, desk, whole, review, changed=changed)


def chosen(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Another kind was chosen: it is shown what that means before it is sent."""
    choice = request.POST["choice"]
    if choice in Choice.values:
        try:
            save_answers(desk, {"kind": choice})
        except AlreadySent:
            return redirect(desk.receipt_url)
    return redirect(desk.check_url)


def show_check(
    request: HttpRequest, desk: Desk, whole: WholeForm, review: Review | None, *, changed: bool
) -> HttpResponse:
    lines = lines_of(desk, whole, [each.name for each in files_of(desk.draft)])
    context: dict[str, object] = {
        "lines": [line for line in lines if line.said and not line.wrong],
        "wrong": [line for line in lines if line.wrong],
        "skipped": [line for line in lines if not line.said and not line.wrong],
        "review": review,
        "changed": changed,
    }
    if review:
        context |= {
            "readers": readers_words(review.route),
            "not_readers": kept_out_words(review.route.kept_out),
            "promise": desk.local.text("name_promise"),
            "passed_by": in_a_row([person.name for person in review.implicated]),
            "nobody_above": review.report.about_chief and not review.implicated,
            "found": [(each, desk.change_url(each.question)) for each in review.found],
        }
    return page(request, desk, "intake/check.html", context)


# --- Sending and the receipt ------------------------------------------------------------------------------------


def sent(request: HttpRequest, desk: Desk, review: Review, answers: dict[str, Any]) -> HttpResponse:
    case, first = send_report(desk, review)
    if not first:
        return sent_before(request, desk, case, answers)
    if "leave" in request.POST:
        logout(request)
    return let_browser_keep(redirect(desk.receipt_url), desk)


def case_of(desk: Desk) -> Case | None:
    """What the draft became, if it has been sent."""
    if not desk.new:
        return desk.draft.case
    return sent_with(desk.code) if desk.code_kept else None


def sent_before(request: HttpRequest, desk: Desk, case: Case, answers: dict[str, Any]) -> HttpResponse:
    """The same report sent again gives its receipt. Another text becomes a new draft, so that nothing is lost."""
    text = answers.get("what_happened")
    if not text or text.strip() == case.what_happened:
        return redirect(desk.receipt_url)
    if desk.writer is None:
        # The browser keeps the code of what was sent; a new draft would take its place.
        return page(request, desk, "intake/sent_before.html", {"case": case, "text": text}, status=409)
    fresh = replace(desk, draft=new_draft(desk.at), code=new_code(), code_kept=False)
    save_answers(fresh, answers)
    return page(request, desk, "intake/sent_before.html", {"case": case, "text": text, "fresh": fresh}, status=409)


def receipt_page(request: HttpRequest, desk: Desk, case: Case, actor_key: str) -> HttpResponse:
    receipt = looked_at(desk, case, actor_key)
    return page(request, desk, "intake/receipt.html", {"receipt": receipt, "case": case})


def receipt_pdf(request: HttpRequest, desk: Desk, case: Case, actor_key: str) -> HttpResponse:
    """The receipt to keep. When it cannot be made there is a sentence, and the page is still there."""
    receipt = looked_at(desk, case, actor_key)
    content = paper_of(receipt, request.build_absolute_uri(reverse("code")))
    try:
        paper = render_now("pdf/receipt.html", dict(content), f"Kvitto {case.reference}")
    except RenderError as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="kvitto-{case.reference.replace("Ö", "O")}.pdf"'
    return response


def looked_at(desk: Desk, case: Case, actor_key: str) -> Receipt:
    """The receipt, with the look logged before anything is shown."""
    record_read(actor_key, action="receipt", table="cases_case", object_id=case.pk, reference=case.reference)
    return receipt_of(case, desk)


def code_key(code: str) -> str:
    """Who looks, when nobody knows who it is."""
    return f"anonymous:{submission_key(code)}"


def closed_receipt(desk: Desk, where: str) -> HttpResponse:
    return let_browser_forget(redirect(where), desk)


# --- Every page -------------------------------------------------------------------------------------------------


def page(
    request: HttpRequest, desk: Desk, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    common: dict[str, Any] = {"desk": desk, "today": desk.day, "opened": int(desk.at.timestamp()) if desk.new else ""}
    return let_browser_keep(render(request, template, common | context, status=status), desk)
