from argparse import ArgumentParser
from os import cpu_count

from django.core.management.base import BaseCommand
from django.utils import timezone

from avvikelse.demo.load import Size, load
from avvikelse.organisation.models import Unit

WIDTH = 40
MOST_PROCESSES = 4


class Command(BaseCommand):
    told = ""
    help = "Fyller övningskommunen Ekhamn med två års ärenden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="gör inget om kommunen redan finns")
        parser.add_argument("--cases", type=int, default=1560)
        parser.add_argument("--ideas", type=int, default=130)

    def handle(self, *_args: object, **options: int) -> None:
        if options["if_empty"] and Unit.objects.exists():
            return
        size = Size(cases=options["cases"], ideas=options["ideas"], processes=min(MOST_PROCESSES, cpu_count() or 1))
        load(timezone.now(), size, self.progress)
        self.stdout.write("")

    def progress(self, share: float) -> None:
        filled = int(WIDTH * share)
        bar = f"\rEkhamn fylls  {'█' * filled}{'░' * (WIDTH - filled)} {100 * share:3.0f} %"
        if bar != self.told and self.stdout.isatty():
            self.told = bar
            self.stdout.write(bar, ending="")
            self.stdout.flush()
