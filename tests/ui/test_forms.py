from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import MaxLengthValidator, RegexValidator
from django.test.html import parse_html

from avvikelse.ui.forms import SwedishForm, choice
from avvikelse.ui.templatetags.ui import Fault, faults_of


class Report(SwedishForm, forms.Form):
    heading_field = "what_happened"

    what_happened = forms.CharField(
        label="Vad hände?",
        help_text="Skriv inga namn.",
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Skriv vad som hände."},
    )
    unit = forms.ChoiceField(label="Enhet", choices=[("a", "Solgläntan")])
    affected = forms.ChoiceField(
        label="Vem berördes?",
        widget=forms.RadioSelect,
        required=False,
        choices=[("one", choice("En enskild", "Till exempel en klient")), ("none", "Ingen")],
    )
    oral = forms.BooleanField(label="Det berättades för mig", required=False)
    suggestion = forms.CharField(label="Förslag", required=False)


class Unmarked(SwedishForm, forms.Form):
    mark_optional = False

    word = forms.CharField(label="Sök", required=False)


class Quiet(SwedishForm, forms.Form):
    show_error_summary = False

    name = forms.CharField(label="Namn")


class Strict(SwedishForm, forms.Form):
    short = forms.CharField(label="Rubrik", max_length=5, min_length=3)
    number = forms.IntegerField(label="Antal", min_value=1, max_value=4)
    when = forms.DateField(label="Dag")
    mail = forms.EmailField(label="E-post")
    kinds = forms.MultipleChoiceField(label="Områden", choices=[("a", "A")])
    sure = forms.BooleanField(label="Jag är säker")
    paper = forms.FileField(label="Fil", max_length=10)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Någon annan hann före.")


def field(form: forms.Form, name: str) -> object:
    """Render one field as {% crispy form %} does and parse it, so that spaces and order of attributes do not count."""
    for other in set(form.fields) - {name}:
        del form.fields[other]
    form.show_error_summary = False  # type: ignore[attr-defined]
    return parse_html(render_crispy_form(form, form.helper))  # type: ignore[attr-defined]


def test_a_text_has_label_hint_and_input_in_that_order() -> None:
    class Plain(SwedishForm, forms.Form):
        text = forms.CharField(label="Rubrik", help_text="Kort.")

    assert field(Plain(), "text") == parse_html(
        '<div id="div_id_text" class="field"><label for="id_text">Rubrik</label>'
        '<div class="hint" id="id_text_helptext">Kort.</div>'
        '<input type="text" name="text" required aria-describedby="id_text_helptext" id="id_text"></div>'
    )


def test_the_heading_field_is_the_pages_heading_and_a_fault_stands_above_its_input() -> None:
    assert field(Report({}), "what_happened") == parse_html(
        '<div id="div_id_what_happened" class="field wrong">'
        '<h1 class="question"><label for="id_what_happened">Vad hände?</label></h1>'
        '<div class="hint" id="id_what_happened_helptext">Skriv inga namn.</div>'
        '<p class="error" id="id_what_happened_error"><span class="hidden">Fel: </span>Skriv vad som hände.</p>'
        '<textarea name="what_happened" cols="40" rows="7" required aria-invalid="true" id="id_what_happened"'
        ' aria-describedby="id_what_happened_helptext id_what_happened_error"></textarea></div>'
    )


def test_radios_are_big_labels_in_a_fieldset_that_says_it_may_be_skipped() -> None:
    assert field(Report(), "affected") == parse_html(
        '<div id="div_id_affected" class="field"><fieldset>'
        '<legend>Vem berördes? <span class="optional">(frivilligt)</span></legend>'
        '<div class="choices"><div id="id_affected">'
        '<div><label for="id_affected_0"><input type="radio" name="affected" value="one" id="id_affected_0">'
        "En enskild<small>Till exempel en klient</small></label></div>"
        '<div><label for="id_affected_1"><input type="radio" name="affected" value="none" id="id_affected_1">'
        "Ingen</label></div></div></div></fieldset></div>"
    )


def test_a_checkbox_is_never_called_optional() -> None:
    assert field(Report(), "oral") == parse_html(
        '<div id="div_id_oral" class="field"><label class="choice" for="id_oral">'
        '<input type="checkbox" name="oral" id="id_oral"> Det berättades för mig</label></div>'
    )


def test_a_form_where_all_may_be_skipped_need_not_say_so() -> None:
    assert field(Unmarked(), "word") == parse_html(
        '<div id="div_id_word" class="field"><label for="id_word">Sök</label>'
        '<input type="text" name="word" id="id_word"></div>'
    )


@pytest.mark.parametrize(
    ("form", "summaries"),
    [(Report(), 0), (Report({}), 1), (Quiet({}), 0), (Report({"what_happened": "x", "unit": "a"}), 0)],
    ids=["not sent", "faulty", "page shows it itself", "right"],
)
def test_the_error_summary_comes_with_the_form(form: SwedishForm, summaries: int) -> None:
    assert render_crispy_form(form, form.helper).count("data-errors") == summaries


def test_a_form_makes_no_form_element_of_its_own() -> None:
    assert render_crispy_form(Report(), Report().helper).count("<form") == 0


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {},
            {
                "short": "Fyll i det här.",
                "number": "Fyll i det här.",
                "when": "Fyll i det här.",
                "mail": "Fyll i det här.",
                "kinds": "Välj ett alternativ.",
                "sure": "Kryssa i rutan för att gå vidare.",
                "paper": "Välj en fil.",
            },
        ),
        (
            {"short": "för lång", "number": "5", "when": "i går", "mail": "x", "kinds": ["b"], "sure": "on"},
            {
                "short": "Korta texten till högst 5 tecken. Nu är den 8.",
                "number": "Skriv ett tal som är högst 4.",
                "when": "Skriv dagen så här: 2026-11-16.",
                "mail": "Skriv en e-postadress, till exempel namn@kommun.se.",
                "kinds": "Välj något av alternativen.",
                "paper": "Välj en fil.",
            },
        ),
        (
            {"short": "ko", "number": "två", "when": "2026-11-16", "mail": "a@b.se", "kinds": ["a"], "sure": "on"},
            {
                "short": "Skriv minst 3 tecken. Nu är det 2.",
                "number": "Skriv ett heltal med siffror.",
                "paper": "Välj en fil.",
            },
        ),
    ],
    ids=["empty", "wrong", "otherwise wrong"],
)
def test_faults_are_told_in_plain_swedish(data: dict[str, Any], expected: dict[str, str]) -> None:
    errors = Strict(data).errors
    assert {name: str(errors[name][0]) for name in errors if name != "__all__"} == expected


def test_an_empty_file_and_a_long_file_name_are_told_apart() -> None:
    empty = Strict({}, {"paper": SimpleUploadedFile("a.txt", b"")})
    long = Strict({}, {"paper": SimpleUploadedFile("a" * 20 + ".txt", b"x")})
    assert empty.errors["paper"] == ["Filen är tom. Välj en annan fil."]
    assert long.errors["paper"] == ["Säkerställ att filnamnet har som mest 10 tecken (den har 24)."]


class Worded(SwedishForm, forms.Form):
    code = forms.CharField(validators=[RegexValidator("^[a-z]+$", "Skriv koden som den står på kvittot.")])
    name = forms.CharField(validators=[MaxLengthValidator(3, "Namnet får ha tre bokstäver.")])


def test_what_the_forms_author_wrote_stays() -> None:
    assert Report({}).errors["what_happened"] == ["Skriv vad som hände."]
    assert Worded({"code": "A1", "name": "Karin"}).errors == {
        "code": ["Skriv koden som den står på kvittot."],
        "name": ["Namnet får ha tre bokstäver."],
    }


def test_each_fault_leads_to_its_field_and_says_which_one_it_is() -> None:
    form = Strict({"short": "rätt", "number": "1", "when": "2026-11-16", "mail": "a@b.se", "sure": "on"})
    assert list(faults_of(form)) == [
        Fault("", "Någon annan hann före."),
        Fault("id_kinds", "Områden: välj ett alternativ."),
        Fault("id_paper", "Fil: välj en fil."),
    ]
    assert list(faults_of(Report({"affected": "x"})))[:3] == [
        Fault("id_what_happened", "Skriv vad som hände."),
        Fault("id_unit", "Enhet: välj ett alternativ."),
        Fault("id_affected_0", "Vem berördes: välj något av alternativen."),
    ]
