"""How people get in: accounts are made by the municipality, never by whoever comes by."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # (allauth is untyped)
    """allauth's adapter with the sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Return False: the systemförvaltare makes the accounts."""
        return False
