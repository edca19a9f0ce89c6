from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from avvikelse.audit.sql import DEFAULT_RIGHTS_SQL


class Command(BaseCommand):
    help = "Gives the web role its rights and runs every migration, as the owner of the tables. Safe to run again."

    def handle(self, *_args: object, **options: int) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(DEFAULT_RIGHTS_SQL.format(web=settings.WEB_ROLE))
        call_command("migrate", database="owner", interactive=False, verbosity=options["verbosity"])
