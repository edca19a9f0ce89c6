"""The documents to IVO: valid, accessible, and with what goes along lying in them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import page
import pytest
from pypdf import PdfReader

from avvikelse.documents.models import Document
from avvikelse.documents.operations import printed_context
from avvikelse.documents.render import Enclosed, render_now
from avvikelse.ivo.models import Demand, Request
from tests.documents.samples import HOSTILE_TEXTS
from tests.ivo.matters import asked, ordered, preparing, sent, text_file, with_ivo, written
from tests.people import Town, moved

pytestmark = pytest.mark.django_db

FILES = [Enclosed("larmlogg.txt", b"08.00 inget larm"), Enclosed("åäö & <b>.pdf", b"%PDF-1.7 inte en riktig")]


def faults(pdf: bytes) -> list[str]:
    return [
        f"{profile}: {fault.message}"
        for profile in ("ua1", "3a")
        for fault in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]


def bound(document: Document, **changes: Any) -> bytes:
    context = {**printed_context(document), **changes}
    return render_now(f"pdf/{document.template}.html", context, str(document), files=FILES)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(pdf)).pages).split())


def documents(town: Town) -> dict[str, Document]:
    """One of each sort, as they were frozen."""
    case = asked(town, ordered(town))
    request, demand = Request.objects.get(), Demand.objects.order_by("pk")[0]
    case = moved(case, "answer", town.sanna, **sent(town, request=str(request.pk), answer="Här är schemat."))
    remedied = sent(town, demand=str(demand.pk), what_was_done="Natten är bemannad.", uploads=[text_file()])
    moved(case, "remedy", town.sanna, **remedied)
    return {row.sort: row for row in Document.objects.filter(reference=case.reference)}


def test_every_document_is_both_pdf_ua_and_pdf_a_with_files_in_it(town: Town) -> None:
    found = {sort: bound(document) for sort, document in documents(town).items()}
    assert {sort: faults(pdf) for sort, pdf in found.items()} == {"notice": [], "reply": [], "remedy": []}
    inside = PdfReader(BytesIO(found["notice"])).attachments
    assert {each.name: inside[each.name][0] for each in FILES} == {each.name: each.content for each in FILES}


def test_each_document_says_what_it_is_by_which_law_and_what_went_along(town: Town) -> None:
    said = {sort: words(bound(document)) for sort, document in documents(town).items()}
    expected = {
        "notice": (
            "Anmälan enligt lex Sarah",
            "27 kap. 6 §",
            "Allvarligt missförhållande",
            "Utredningen skickas senare.",
        ),
        "reply": ("Svar till IVO", "28 kap. 5 §", "Skicka schemat.", "Här är schemat."),
        "remedy": ("Återrapportering till IVO", "28 kap. 9 §", "Bemanna natten.", "Natten är bemannad.", "brev.txt"),
    }
    assert {sort: [text for text in texts if text not in said[sort]] for sort, texts in expected.items()} == {
        "notice": [],
        "reply": [],
        "remedy": [],
    }
    for text in said.values():
        assert "26 kap. 1 § offentlighets- och sekretesslagen" in text
        assert "Handling nr 1" in text


def test_hostile_words_are_printed_as_words(town: Town) -> None:
    texts = "\n".join(HOSTILE_TEXTS.values())
    case = written(town, preparing(town), description=texts, other=texts)
    moved(case, "send", town.sanna, **sent(town, enclosed="no"))
    assert faults(bound(Document.objects.get(sort="notice"))) == []


def test_a_file_of_one_job_is_not_left_for_the_next(town: Town) -> None:
    with_ivo(town)
    document = Document.objects.get(sort="notice")
    bound(document)
    bare = render_now("pdf/ivo_notice.html", printed_context(document), str(document))
    assert list(PdfReader(BytesIO(bare)).attachments) == []
