"""What a document may have to say: an ordinary day, a long one and a hostile one."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from avvikelse.documents.content import InvestigationContent, ReceiptContent

STORY = (
    "När jag kom till morgonpasset låg dosetterna för kvällen kvar i skåpet. Signeringslistan var tom.\n\n"
    "Jag ringde sjuksköterskan direkt. Hon sa att vi skulle ta kontroller och avvakta."
)
HOSTILE_TEXTS = {
    "markup": "<script>alert(1)</script><img src=x onerror=y><style>*{color:red}</style></p><h1>Nej</h1> & &lt; ]]>",
    "template": "{{ 7|add:7 }} {% load static %} {# tyst #}",
    "addresses": "http://127.0.0.1:9/x file:///etc/passwd //host/x javascript:alert(1) url(file:///etc/hostname)",
    "writing systems": "السلام עליכם Привет Γειά ไทย हिन्दी 中文 Šćęłńż ﬁ ﬂ",
    "pictures": "👍🏽 ☺️ 😀 👨‍👩‍👧 ✓ → \ue000 \u0378 \U000e0041",
    "invisible": "\x01\x08\x0b\x7f\u202elåst\u202c\u2066a\u2069\ufeff\uffff\u200b\u200d\u00ad\u2028\u2029\r\n\tslut",
    "marks on marks": "a" + "\u0301\u0302\u0316" * 500,
    "one word": "x" * 500,
    "wide words": ("W" * 40 + " ") * 15,
    "only spaces": " \n \t ",
    "many lines": "a\n" * 100,
}


INVESTIGATION: dict[str, Any] = {
    "municipality": "Ekhamns kommun",
    "namnd": "Socialnämnden",
    "unit": "Solgläntan",
    "case_title": "Utebliven kvällsmedicin för två boende",
    "category": "Läkemedel: Utebliven dos",
    "confidentiality": "Kan omfattas av sekretess enligt 26 kap. 1 § offentlighets- och sekretesslagen.",
    "facts": [{"label": "Hände", "value": "25 oktober 2026, kvällen"}],
    "people": [
        {"role": "Rapportör", "name": "", "title": "namnet visas inte"},
        {"role": "Utredare", "name": "Jonas Berg", "title": "gruppledare"},
    ],
    "reporter_account": STORY,
    "signs": ["Någon fick skada i vården.", "Det fanns en rutin, men den följdes inte."],
    "done_at_once": "Puls och blodtryck togs på båda.",
    "investigator_account": "Överlämningen gjordes muntligt i korridoren.",
    "reporter_consequences": "En av dem sov oroligt.",
    "consequences": "Båda missade en dos. Ingen bestående skada uppstod.",
    "consequences_left_out": "",
    "concerns_child": False,
    "child_perspective": "",
    "causes": [{"area": "Kommunikation och information", "text": "Överlämningen skedde i förbigående."}],
    "happened_before": "Ja. Två gånger sedan januari.",
    "can_happen_again": "Ja. Så länge delegeringen inte syns i schemat.",
    "analysis": "",
    "measures": [
        {
            "cause": "Överlämningen skedde i förbigående.",
            "measure": "Delegering visas i schemat",
            "strength": "Medel",
            "responsible": "Karin Ek",
            "when": "15 december 2026",
            "effect": "Stickprov på tio flyttar: alla har en ny ansvarig",
            "state": "Godkänd",
        }
    ],
    "assessments": [
        {
            "lagrum": "HSL",
            "severity": "2 – Måttlig",
            "likelihood": "2 – Liten",
            "risk": 4,
            "judged_by": "Karin Ek, enhetschef",
        }
    ],
    "signature": {
        "name": "Jonas Berg",
        "title": "gruppledare",
        "role": "Utredare",
        "unit": "Solgläntan",
        "when": "16 november 2026",
    },
}


def investigation(**changes: Any) -> InvestigationContent:
    return InvestigationContent(**{**deepcopy(INVESTIGATION), **changes})  # type: ignore[typeddict-item]


def receipt(**changes: Any) -> ReceiptContent:
    content: dict[str, Any] = {
        "municipality": "Ekhamns kommun",
        "unit": "Solgläntan",
        "reference": "AVV-2026-0042",
        "kind": "Avvikelse",
        "sent": "26 oktober 2026 kl. 07.12",
        "answers": [
            {"question": "Vad hände?", "answer": STORY},
            {"question": "Gäller det ett barn?", "answer": "Nej"},
        ],
        "files": ["bild på dosetten.jpg"],
        "readers": ["Karin Ek, enhetschef"],
        "not_readers": ["Dina kollegor på enheten"],
        "names": "Din chef ser inte ditt namn här.",
        "steps": [{"when": "Senast 2 november 2026", "what": "Karin Ek bedömer din rapport."}],
        "code": "",
        "follow": "Du ser hur det går under Mina rapporter.",
    }
    return ReceiptContent(**{**content, **changes})  # type: ignore[typeddict-item]


def everywhere(value: object, text: str) -> Any:
    """The same content with `text` in the place of every text in it."""
    if isinstance(value, str):
        return text
    if isinstance(value, dict):
        return {key: everywhere(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [everywhere(inner, text) for inner in value]
    return value


def long_investigation() -> InvestigationContent:
    text = "\n\n".join([STORY] * 20)
    base = investigation()
    return investigation(
        reporter_account=text,
        investigator_account=text,
        reporter_consequences=text,
        consequences=text,
        consequences_left_out=STORY,
        concerns_child=True,
        child_perspective=text,
        analysis=text,
        causes=base["causes"] * 12,
        measures=[{**base["measures"][0], "measure": STORY}] * 25,
    )
