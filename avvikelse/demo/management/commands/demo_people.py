from django.core.management.base import BaseCommand

from avvikelse.demo.cast import the_cast
from avvikelse.demo.town import PASSWORD


class Command(BaseCommand):
    help = "Skriver vilka man kan logga in som i övningskommunen."

    def handle(self, *_args: object, **_options: object) -> None:
        for part in the_cast():
            self.stdout.write(f"  {part.email:<38} {part.about}")
        self.stdout.write(f"  Lösenordet är {PASSWORD} för alla.")
