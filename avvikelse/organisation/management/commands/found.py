from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from avvikelse.organisation.operations.door import Refused
from avvikelse.organisation.operations.founding import Founding, found_municipality


class Command(BaseCommand):
    help = "Skapar nämnden, förvaltningen och den första systemförvaltaren i en tom installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--namnd", required=True, help="till exempel Socialnämnden")
        parser.add_argument("--forvaltning", required=True, help="till exempel Socialförvaltningen")
        parser.add_argument("--namn", required=True, help="systemförvaltarens namn")
        parser.add_argument("--epost", required=True, help="systemförvaltarens e-postadress")

    def handle(self, *_args: object, **options: str) -> None:
        first = Founding(
            namnd=options["namnd"],
            administration=options["forvaltning"],
            name=options["namn"],
            email=options["epost"],
        )
        try:
            person = found_municipality(first, at=timezone.now())
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"{person.name} är systemförvaltare. Välj lösenord med ”Glömt lösenordet” på inloggningssidan."
        )
