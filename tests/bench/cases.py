"""The shared data set that every program is loaded with: invented cases and comments, the same at each run.

cases.csv     n, title, description, unit (1-20), category (1-8), priority (1-5), state (0-3), created,
              modified, submitter, handler (0 = none, 1-10)
comments.csv  case n, created, author (1-10), text; two per case on average
words.txt     50 search words, each planted in about 0.1 % of the descriptions

States: 0 new (5 %), 1 in progress (10 %), 2 resolved (5 %), 3 closed (80 %).
"""

# ruff: noqa: S311  the numbers shall be the same each time, and are no secrets
import csv
import datetime as dt
import random
from pathlib import Path
from typing import NamedTuple

HEADINGS = (
    "Utebliven insats",
    "Felaktig läkemedelshantering",
    "Fall",
    "Brist i bemötande",
    "Sekretessbrott",
    "Brist i dokumentation",
    "Hot eller våld",
    "Fördröjd utredning",
    "Brist i samverkan",
    "Utebliven tillsyn",
)
PLACES = (
    "hemtjänsten Norr",
    "särskilt boende Eken",
    "gruppbostad Linden",
    "barn- och ungdomsenheten",
    "försörjningsstöd",
    "daglig verksamhet Bryggan",
    "nattpatrullen",
    "familjehemsvården",
)


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(text.split())


BODY = words(
    """personal brukare omsorgstagare larm besök morgon kväll natt dörr nyckel medicin dosett signatur schema
    vikarie ordinarie chef kontakt anhörig telefon journal genomförandeplan beslut handläggare insats dusch
    måltid promenad rullstol lyft säng golv badrum kök trappa ambulans sjuksköterska rehab läkare vårdcentral
    rutin riktlinje avvikelse åtgärd uppföljning information överrapportering missförstånd försening glömd
    försvunnen felaktig ofullständig otrygg orolig lugn skadad oskadd noterade kontaktade informerade
    meddelade upptäckte genomförde avböjde väntade saknades fungerade stannade åkte ringde skrev hittade"""
)
GLUE = words("och att det som på av för med till inte men när efter under hos vid från om utan samt därför sedan")
SUBMITTERS = words(
    """anna bo cecilia david eva fredrik gunilla hans ingrid johan karin lars maria nils olga per ritva sara
    tomas ulla"""
)
FIRST_HALVES = words("blå grå gul silver järn koppar tenn guld sol mån stjärn regn snö vind berg")
SECOND_HALVES = words("klocka lykta ficka spade nyckel penna hatt sten ros båt")
SEARCH_WORDS = 50
PLANTED_SHARE = 0.05
START = dt.datetime(2021, 1, 1)  # noqa: DTZ001  written out with its zone by stamp()

Row = tuple[str | int, ...]


class Case(NamedTuple):
    """One case, and the moments its comments are spread between."""

    row: Row
    created: dt.datetime
    modified: dt.datetime


def make_cases(folder: Path, count: int) -> None:
    """Write cases.csv, comments.csv and words.txt for `count` cases into `folder`, unless they are there."""
    if (folder / "words.txt").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(20250101)
    planted = search_words(rng)
    with (
        (folder / "cases.csv").open("w", newline="", encoding="utf-8") as case_file,
        (folder / "comments.csv").open("w", newline="", encoding="utf-8") as comment_file,
    ):
        cases, comments = csv.writer(case_file), csv.writer(comment_file)
        for n in range(1, count + 1):
            case = make_case(rng, n, count, planted)
            cases.writerow(case.row)
            comments.writerows(make_comments(rng, n, case))
    # written last: it says that the other two files are whole
    (folder / "words.txt").write_text("\n".join(planted) + "\n", encoding="utf-8")


def search_words(rng: random.Random) -> list[str]:
    """Invented compounds that occur nowhere else in the texts."""
    pairs = [first + second for first in FIRST_HALVES for second in SECOND_HALVES]
    rng.shuffle(pairs)
    return pairs[:SEARCH_WORDS]


def make_case(rng: random.Random, n: int, count: int, planted: list[str]) -> Case:
    """Case number `n` of `count`, created evenly over five years."""
    created = START + dt.timedelta(seconds=int((n - 1) / count * 5 * 365 * 86_400) + rng.randrange(1200))
    state = rng.choices((0, 1, 2, 3), (5, 10, 5, 80))[0]
    text = [sentence(rng, rng.randrange(8, 16)) for _ in range(5)]
    if rng.random() < PLANTED_SHARE:
        text.insert(2, "Hittade en " + rng.choice(planted) + " på platsen.")
    modified = created + dt.timedelta(days=rng.randrange(0, 60), seconds=rng.randrange(80_000))
    row: Row = (
        n,
        f"{rng.choice(HEADINGS)}, {rng.choice(PLACES)} ({n})",
        "\n".join(text),
        rng.randrange(1, 21),
        rng.randrange(1, 9),
        rng.randrange(1, 6),
        state,
        stamp(created),
        stamp(modified),
        f"{rng.choice(SUBMITTERS)}.{rng.randrange(1, 400)}@kommun.example",
        0 if state == 0 else rng.randrange(1, 11),
    )
    return Case(row, created, modified)


def make_comments(rng: random.Random, n: int, case: Case) -> list[Row]:
    """The comments of case `n`, between its creation and its last change."""
    lifetime = case.modified - case.created
    return [
        (n, stamp(case.created + lifetime * (k + 1) / 4), rng.randrange(1, 11), sentence(rng, 14))
        for k in range(rng.choice((1, 2, 2, 3)))
    ]


def sentence(rng: random.Random, length: int) -> str:
    """`length` words in no meaningful order."""
    return " ".join(rng.choice(GLUE) if i % 3 == 1 else rng.choice(BODY) for i in range(length)).capitalize() + "."


def stamp(moment: dt.datetime) -> str:
    """A moment as PostgreSQL reads it, in UTC."""
    return moment.strftime("%Y-%m-%d %H:%M:%S+00")
