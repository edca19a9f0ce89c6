"""How a case between the municipality and IVO is lived: notified, asked about, decided, closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate

from avvikelse.cases.kinds import Sort
from avvikelse.cases.rules import is_health_care
from avvikelse.demo.letters import letter
from avvikelse.demo.people import Place
from avvikelse.demo.stories.grave import Opened as Told
from avvikelse.demo.stories.grave import choose, pool, said
from avvikelse.demo.town import Ekhamn
from avvikelse.ivo.choices import Grave, How
from avvikelse.ivo.models import Demand, Request
from avvikelse.ivo.operations import Opened, open_without_origin, read_decision, save_notification, texts_of
from avvikelse.organisation.models import Person
from avvikelse.workdays import add_working_days

from .diary import number_in_diary
from .fates import IvoFate
from .life import Life
from .timeline import Steps, pause, pause_until

PHONE = "08-465 004 19"
"""One of the numbers that are kept free for invented people."""
FIRST_IVO_NUMBER, IVO_NUMBERS = 10_000, 50_000
DAYS_TO_ANSWER, DAYS_MORE = 21, 14
MOST_DEMANDS_LEFT = 1
"""How many of a föreläggande's demands are left, the last of them with a new date."""
FINES = (300_000, 150_000, None)


@dataclass
class Notice:
    """The case, what comes of it, and who handles it. `demands` are those of a föreläggande."""

    life: Life
    fate: IvoFate
    taker: Person
    told: Told | None = None
    readers: tuple[Person, ...] = field(init=False)

    def __post_init__(self) -> None:
        ekhamn, branch = self.life.ekhamn, self.life.place.parent
        self.readers = (
            ekhamn.holding("director", "socialforvaltningen"),
            ekhamn.holding("chair", "socialnamnden"),
            ekhamn.holding("branch_chief", branch),
        )

    def sent(self, **more: Any) -> dict[str, Any]:
        how = How.POST if self.fate.post else How.E_SERVICE
        return {"sent_on": self.life.day, "how": how, "sent_by": self.taker, **more}

    def move(self, name: str, **facts: Any) -> None:
        self.life.move(name, self.taker, **facts)


# --- Notifying


def notified(notice: Notice) -> Steps:
    """From the notification to the end, as far as it goes."""
    life, fate = notice.life, notice.fate
    yield from pause(life, 0, 1)
    write(notice)
    if fate.stop == "preparing":
        return
    yield from pause(life, 0, 1)
    if fate.cancelled:
        notice.move("cancel", why="Utredningen visade att det inte var allvarligt. Någon anmälan behövs inte.")
        return
    send(notice)
    yield from with_ivo(notice)


def write(notice: Notice) -> None:
    """Write what the case does not say by itself."""
    life, told = notice.life, notice.told
    texts = texts_of(life.case, life.day)
    texts |= {"grave": texts["grave"] or Grave.HAPPENED, "contact_phone": PHONE}
    if told:
        texts |= {"occurred": told.occurred, "consequences": told.consequences, "done": told.done}
        texts |= {"planned": told.planned, "why_grave": told.why}
    life.does(save_notification, notice.taker, texts=texts)


def send(notice: Notice) -> None:
    """Send it, mostly with the investigation."""
    facts = notice.sent()
    if notice.life.case.sort in {Sort.NOTICE_LEX_SARAH, Sort.NOTICE_LEX_MARIA}:
        enclosed = notice.fate.enclosed
        facts |= {"enclosed": "yes" if enclosed else "no", "uploads": [investigation(notice)] if enclosed else []}
    notice.move("send", **facts)


def investigation(notice: Notice) -> Any:
    case = notice.life.case
    kind = "vårdskada" if is_health_care(case) else "lex Sarah"
    return letter("utredning", f"Utredning {kind}", case.title, case.what_happened, "Utredningen är låst i ärendet.")


# --- With IVO


def with_ivo(notice: Notice) -> Steps:
    life, fate = notice.life, notice.fate
    yield from pause(life, 3, 8)
    number = Random(life.case.reference).randrange(IVO_NUMBERS) + FIRST_IVO_NUMBER  # noqa: S311 (no secret)
    notice.move("set_number", ivo_number=f"3.1.1-{number}/{life.day.year}")
    number_in_diary(life)
    if not fate.enclosed:
        yield from pause(life, 15, 38)
        notice.move("add_investigation", **notice.sent(uploads=[investigation(notice)]))
    for number in range(fate.requests):
        yield from asked(notice, last=number == fate.requests - 1)
    if fate.stop == "with_ivo":
        return
    yield from pause(life, 25, 75)
    yield from decided(notice)


def asked(notice: Notice, *, last: bool) -> Steps:
    """IVO asks; it is answered, unless this is what the case waits for."""
    life, fate = notice.life, notice.fate
    ordered = fate.stop == "with_ivo" and last
    yield from pause(life, 6, 15)
    if ordered:
        lately = add_working_days(localdate(life.now), -fate.asked_days_ago)
        yield from pause_until(life, max(life.day, lately))
    what, answer = unasked(notice)
    due = life.day + timedelta(days=DAYS_TO_ANSWER)
    facts: dict[str, Any] = {"asked_on": life.day - timedelta(days=1), "what": what, "due_on": due}
    facts |= {"ordered": ordered, "fine": 50_000 if ordered else None}
    notice.move("add_request", **facts, letter=letter("begaran", "Begäran från IVO", what))
    request = Request.objects.get(case=life.case, answered_on=None)
    if fate.extended:
        yield from pause(life, 4, 8)
        facts = {"about": f"request-{request.pk}", "due_on": due + timedelta(days=DAYS_MORE)}
        notice.move("extend", **facts, letter=letter("anstand", "Anstånd", said()["ivo"]["extended"]))
    if ordered:
        return
    yield from pause(life, 5, 10)
    notice.move("answer", **notice.sent(request=str(request.pk), answer=answer, uploads=[reply(answer)]))


def unasked(notice: Notice) -> tuple[str, str]:
    """Something IVO has not asked for in the case."""
    before = set(Request.objects.filter(case=notice.life.case).values_list("what", flat=True))
    what, answer = notice.life.rng.choice([row for row in pool("ivo", ("requests",)) if row[0] not in before])
    return what, answer


def reply(text: str) -> Any:
    return letter("bilaga", "Bilaga till svar", text)


# --- The decision and after


def decided(notice: Notice) -> Steps:
    life, fate = notice.life, notice.fate
    text = choose(life.rng, "ivo", fate.outcome)
    facts: dict[str, Any] = {
        "decided_on": life.day - timedelta(days=2),
        "outcome": fate.outcome,
        "text": text,
        "letter": letter("beslut", "Beslut", text),
        "readers": notice.readers,
        "demands": demands(notice) if fate.outcome == "order" else [],
    }
    notice.move("add_decision", **facts)
    yield from read(notice)
    if fate.outcome == "order":
        yield from remedied(notice)
    if fate.stop == "decided":
        return
    yield from pause(life, 3, 15)
    lesson, measures = choose(life.rng, "ivo", "lessons"), choose(life.rng, "ivo", "measures")
    notice.move("close", lesson=lesson, measures=measures)


def read(notice: Notice) -> Steps:
    """Everybody who must reads it, but for one where somebody has it left."""
    life, decision = notice.life, notice.life.case.ivo_decisions.get()
    for reader in notice.readers[: -1 if notice.fate.unread else None]:
        yield from pause(life, 0, 3)
        read_decision(decision.pk, actor=reader, at=life.at)
        life.version += 1


def demands(notice: Notice) -> list[dict[str, Any]]:
    first = notice.life.day
    texts = said()["ivo"]["demands"]
    days = (60, 120, 320)
    return [
        {"text": text, "due_on": first + timedelta(days=length), "fine": fine}
        for text, length, fine in zip(texts, days, FINES, strict=True)
    ]


def remedied(notice: Notice) -> Steps:
    """Report what has been done, demand by demand; of the last there is more to do."""
    life = notice.life
    rows = list(Demand.objects.filter(decision__case=life.case).order_by("pk"))
    for demand, done in zip(rows[:-MOST_DEMANDS_LEFT], said()["ivo"]["remedies"], strict=False):
        yield from pause_until(life, demand.due_on - timedelta(days=9))
        facts = notice.sent(demand=str(demand.pk), what_was_done=done, uploads=[reply(done)])
        notice.move("remedy", **facts)
    yield from pause(life, 1, 3)
    left = rows[-1]
    facts = {"about": f"demand-{left.pk}", "due_on": left.due_on + timedelta(days=30)}
    notice.move("extend", **facts, letter=letter("anstand", "Anstånd", said()["ivo"]["extended"]))


# --- Without a case it comes out of


def opened(ekhamn: Ekhamn, place: Place, told: Told, fate: IvoFate, *, at: datetime, now: datetime) -> Steps:
    """The municipality's own notification, or a tillsyn that IVO opens."""
    sas = ekhamn.holding("sas", "socialnamnden")
    life = Life(Random(f"{told.key}"), ekhamn, place, now, at, sas, pace=fate.pace)  # noqa: S311 (no secret)
    tillsyn = told.key == "supervision"
    new = Opened(
        sort=Sort.SUPERVISION if tillsyn else Sort.NOTICE_MUNICIPALITY,
        unit=ekhamn.units[told.unit],
        title=told.title,
        what=told.what,
        affected="group",
        opened_on=life.day - timedelta(days=3) if tillsyn else None,
        letter=letter("missiv", "IVO inleder tillsyn", told.what) if tillsyn else None,
    )
    life.case = open_without_origin(new, actor=sas, at=at)
    life.case.refresh_from_db()
    life.version = life.case.version
    notice = Notice(life, fate, sas, None if tillsyn else told)
    yield from with_ivo(notice) if tillsyn else notified(notice)
