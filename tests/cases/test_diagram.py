from avvikelse.cases.management.commands.draw_workflows import drawn, page


def test_the_diagrams_in_docs_are_those_of_the_tables() -> None:
    assert page().read_text(encoding="utf-8") == drawn(), "Skriv: .venv/bin/python manage.py draw_workflows"
