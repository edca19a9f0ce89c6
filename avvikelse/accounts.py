"""How people get in: accounts are made by the municipality, never by whoever comes by."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from avvikelse.audit.operations import act_as
from avvikelse.organisation.directory import person_with_id
from avvikelse.organisation.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # (allauth is untyped)
    """allauth's adapter with the sign-up closed and every change of a password in the log."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Return False: the systemförvaltare makes the accounts."""
        return False

    @transaction.atomic
    def set_password(self, user: Person, password: str) -> None:
        """Change the password in the person's own name. The log gets the time: what was chosen is never there."""
        act_as(user.actor_key)
        user.password_changed_at = timezone.now()
        super().set_password(user, password)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc] # (allauth is untyped)
    """allauth's way in. Who is behind a request is looked up the short way: every request asks."""

    def get_user(self, user_id: int) -> Person | None:
        person = person_with_id(user_id)
        return person if person and self.user_can_authenticate(person) else None
