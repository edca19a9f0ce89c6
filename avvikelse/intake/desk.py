"""Where one report is written: by whom, in which draft, at which addresses, and with which code.

The code and, without an account, the draft's key are kept by the browser in a signed cookie of the report's own
addresses: nothing on the server ties a person to a report sent without a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from avvikelse.cases.sight import SEEN_IN_ROLE
from avvikelse.organisation.access import Holder, holders
from avvikelse.organisation.directory import open_unit, open_units
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import Role

from .codes import new_code
from .models import Draft

CHECK = "kontrollera"
"""Says in an address or a form that the check page comes next."""
COOKIE = "rapport"
SALT = "avvikelse.intake"
COOKIE_LIFETIME = timedelta(hours=12)
LONGEST_ID = 18


@dataclass(frozen=True)
class Desk:
    """`writer` has an account; without one `unit` and `secret` are the unit's and its link's.

    `code_kept` says that the browser brought the code, so that something may have been sent with it.
    """

    draft: Draft
    code: str
    at: datetime
    code_kept: bool = False
    writer: Person | None = None
    unit: Unit | None = None
    secret: str = ""
    known_local: LocalValues | None = None

    @property
    def day(self) -> date:
        return localdate(self.at)

    @property
    def now(self) -> datetime:
        """The time as the clock on the wall says."""
        return localtime(self.at)

    @property
    def new(self) -> bool:
        """Nothing has been saved yet."""
        return self.draft.saved_at is None

    @cached_property
    def local(self) -> LocalValues:
        return self.known_local or LocalValues(self.day)

    @cached_property
    def unit_names(self) -> list[tuple[str, str]]:
        """The units one may report about: id as text, and name."""
        return [(str(pk), name) for pk, name in open_units(self.day).values_list("pk", "name")]

    def unit_of(self, answer: str) -> Unit | None:
        """The unit with the id, if one may report about it."""
        if self.unit is not None:
            return self.unit
        if answer not in self._units:
            known = answer.isascii() and answer.isdigit() and len(answer) <= LONGEST_ID
            self._units[answer] = open_unit(int(answer), self.day) if known else None
        return self._units[answer]

    @cached_property
    def _units(self) -> dict[str, Unit | None]:
        return {}

    @property
    def likely_unit(self) -> Unit | None:
        """The unit chosen so far, else the link's or the writer's own."""
        if self.unit or self.writer is None:
            return self.unit
        return self.unit_of(str(self.draft.answers.get("unit") or self.writer.home_unit_id))

    def holders_over(self, unit: Unit) -> list[Holder]:
        """Everybody with a role through which cases of the unit are seen, or may come to be, nearest first."""
        if unit.pk not in self._holders:
            self._holders[unit.pk] = holders(unit, (*SEEN_IN_ROLE, Role.CHAIR), self.day)
        return self._holders[unit.pk]

    @cached_property
    def _holders(self) -> dict[int, list[Holder]]:
        return {}

    @property
    def anonymous_allowed(self) -> bool:
        return self.local.flag("anonymous_reports")

    def url(self, page: str, *more: str) -> str:
        """The address of one of the report's pages: question, all, check, save, receipt, receipt_pdf, file_remove."""
        if self.secret:
            return reverse(f"unit_link_{page}", args=[self.secret, *more])
        return reverse(f"report_{page}", args=[str(self.draft.key), *more])

    @property
    def all_url(self) -> str:
        return self.url("all")

    @property
    def check_url(self) -> str:
        return self.url("check")

    @property
    def save_url(self) -> str:
        return self.url("save")

    @property
    def receipt_url(self) -> str:
        return self.url("receipt")

    @property
    def pdf_url(self) -> str:
        return self.url("receipt_pdf")

    def change_url(self, slug: str) -> str:
        """A question's page that leads back to the check page."""
        return f"{self.url('question', slug)}?sedan={CHECK}"

    @property
    def path(self) -> str:
        """What all addresses of the report begin with."""
        return self.all_url.removesuffix("allt/")


def new_draft(at: datetime, key: UUID | None = None) -> Draft:
    """A draft that is not saved until something is written in it."""
    return Draft(key=key or uuid4(), started_at=at)


def kept_by_browser(request: HttpRequest) -> tuple[UUID | None, str]:
    """The draft's key and the code in the cookie, if there is one."""
    value = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=COOKIE_LIFETIME) or ""
    key, _, code = value.partition(".")
    return (UUID(key), code) if code else (None, "")


def code_for(request: HttpRequest, key: UUID) -> tuple[str, bool]:
    """The code that belongs to the draft in this browser, else a new one; and whether the browser brought it."""
    kept, code = kept_by_browser(request)
    return (code, True) if kept == key else (new_code(), False)


def let_browser_keep(response: HttpResponse, desk: Desk) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        f"{desk.draft.key}.{desk.code}",
        salt=SALT,
        path=desk.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def let_browser_forget(response: HttpResponse, desk: Desk) -> HttpResponse:
    response.delete_cookie(COOKIE, path=desk.path, samesite="Lax")
    return response
