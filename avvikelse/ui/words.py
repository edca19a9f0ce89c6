"""Days, times and amounts in plain Swedish. Pure and quick: a list of a hundred rows calls these some hundred times.

Aware times are shown as the clock in Stockholm says; naive ones are taken to be that already.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SOON_WORKDAYS = 2
NEAR_DAYS = 6

MONTHS = (
    "",
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
SHORT_MONTHS = (
    "",
    "jan",
    "feb",
    "mars",
    "apr",
    "maj",
    "juni",
    "juli",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
)
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
NEAR = {-1: "i går", 0: "i dag", 1: "i morgon"}


def day(value: date, today: date | None = None) -> str:
    """Return "16 november 2026"; seen from `today`: "i dag", "i går", "i morgon", the year only if it is another."""
    near = _near(value, today)
    if near:
        return near
    text = f"{value.day} {MONTHS[value.month]}"
    return text if today is not None and value.year == today.year else f"{text} {value.year}"


def day_short(value: date, today: date | None = None) -> str:
    """Return "16 nov 2026"; seen from `today`: "i dag", "i går", "i morgon", else the year only if it is another."""
    near = _near(value, today)
    if near:
        return near
    text = f"{value.day} {SHORT_MONTHS[value.month]}"
    return text if today is not None and value.year == today.year else f"{text} {value.year}"


def weekday(value: date, today: date | None = None) -> str:
    """Return "fredag 18 december", with the year only when `today` is given and lies in another one."""
    text = f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month]}"
    return f"{text} {value.year}" if today is not None and value.year != today.year else text


def clock(value: datetime) -> str:
    """Return the time of day in Stockholm: "14.03"."""
    local = _local(value)
    return f"{local.hour:02}.{local.minute:02}"


def moment(value: datetime, today: date | None = None) -> str:
    """Return "16 nov 2026 14.03"; seen from `today`: "i dag 09.12", "i går 14.03", "16 nov 14.03"."""
    local = _local(value)
    return f"{day_short(local.date(), today)} {local.hour:02}.{local.minute:02}"


def workdays(left: int) -> str:
    """Say how many working days are left (negative: how many have passed): "om 6 arbetsdagar", "2 dagar försenad".

    One working day left is "nästa arbetsdag": on a Friday that is not tomorrow.
    """
    if left < 0:
        return "1 dag försenad" if left == -1 else f"{-left} dagar försenad"
    if left == 0:
        return "i dag"
    return "nästa arbetsdag" if left == 1 else f"om {left} arbetsdagar"


def due_words(due: date, left: int, today: date) -> str:
    """Say when something is due, the way one would say it aloud: "i morgon", "på torsdag", "om 6 arbetsdagar".

    `left` is the number of working days from `today` to `due`, negative when it has passed. A day that passed over a
    weekend is late although no working day has gone.
    """
    ahead = (due - today).days
    if ahead < 0:
        return workdays(left) if left < 0 else "försenad"
    if ahead <= 1:
        return NEAR[ahead]
    if ahead <= NEAR_DAYS:
        return f"på {WEEKDAYS[due.weekday()]}"
    return f"om {max(left, 1)} arbetsdagar" if left != 1 else "om 1 arbetsdag"


def urgency(left: int) -> str:
    """Return the tone of a due day by the working days left: "late", "soon" (two or fewer) or "calm"."""
    if left < 0:
        return "late"
    return "soon" if left <= SOON_WORKDAYS else "calm"


def number(value: int) -> str:
    """Return a whole number with a no-break space between thousands: "1 532"."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def amount(value: int, one: str, many: str, none: str = "inga") -> str:
    """Return "1 rapport", "1 532 rapporter" or "inga rapporter"."""
    if value == 0:
        return f"{none} {many}"
    return f"{number(value)} {one if value == 1 else many}"


def _near(value: date, today: date | None) -> str | None:
    if today is None:
        return None
    return NEAR.get((value - today) // timedelta(days=1))


def _local(value: datetime) -> datetime:
    return value if value.tzinfo is None else value.astimezone(STOCKHOLM)
