from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from avvikelse.cases.engine import mermaid, workflows

HEAD = """# Så går ärendena

Ritat ur tabellerna av `manage.py draw_workflows`. Ändra tabellerna, inte den här sidan.
"""


def drawn() -> str:
    """Every kind's process, drawn from its tables, as one Markdown page."""
    kinds = [f"## {workflow.kind.label}\n\n```mermaid\n{mermaid(workflow)}```\n" for workflow in workflows()]
    return "\n".join([HEAD, *kinds])


def page() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "arenden.md"


class Command(BaseCommand):
    help = "Ritar varje slags ärendes väg i docs/arenden.md."

    def handle(self, *_args: object, **_options: object) -> None:
        page().write_text(drawn(), encoding="utf-8")
        self.stdout.write(f"Ritade {page().name}.")
