"""Who may open the pages of this room. Whoever may not is told that there is no such page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate

from .access import access_of
from .models import Person
from .roles import Role

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def signed_in(request: HttpRequest) -> Person:
    """The person who asks; the middleware has sent everybody else to the log-in."""
    assert isinstance(request.user, Person)
    return request.user


def only(*roles: Role) -> Callable[[View[Rest]], View[Rest]]:
    """Let in those who hold one of the roles today."""

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not access_of(signed_in(request), localdate()).has(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard
