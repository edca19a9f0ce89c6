"""Make the users and queues that the shared cases belong to; runs in django-helpdesk's own venv."""

import django
from django.apps import apps
from django.contrib.auth.hashers import make_password

USERS = 10
QUEUES = 20


def make_people() -> None:
    """Users 1 to 10 (user1 … user10) and queues 1 to 20, by id."""
    users = apps.get_app_config("auth").get_model("User")._default_manager
    password = make_password("peerspass1")
    for number in range(1, USERS + 1):
        users.create(
            id=number,
            username=f"user{number}",
            email=f"user{number}@kommun.example",
            password=password,
            is_staff=True,
            is_superuser=True,
        )
    queues = apps.get_app_config("helpdesk").get_model("Queue")._default_manager
    for number in range(1, QUEUES + 1):
        queues.create(id=number, title=f"Enhet {number}", slug=f"enhet{number}", allow_public_submission=True)


if __name__ == "__main__":
    django.setup()
    make_people()
