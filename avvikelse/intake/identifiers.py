"""What in a free text points out a person: pointed out to the writer before sending, never changed for them.

Every search is linear in the text: each pattern begins where a token begins and never gives back what it took.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from stdnum import luhn
from stdnum.se import personnummer


class IdentifierKind(StrEnum):
    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    EMAIL = "email"
    PHONE = "phone"
    STAFF_NAME = "staff_name"


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` stands at `start` up to but not including `end` of what was searched."""

    kind: IdentifierKind
    start: int
    end: int
    text: str

    @property
    def why(self) -> str:
        """What to tell the writer: what it looks like and what to write instead."""
        return WHY[self.kind]


WHY = {
    IdentifierKind.PERSONNUMMER: (
        "Det här ser ut som ett personnummer. Ta bort det. Skriv till exempel brukaren, barnet eller klienten."
    ),
    IdentifierKind.SAMORDNINGSNUMMER: (
        "Det här ser ut som ett samordningsnummer. Ta bort det. Skriv till exempel brukaren, barnet eller klienten."
    ),
    IdentifierKind.EMAIL: "Det här ser ut som en e-postadress. Ta bort den om den hör till en person.",
    IdentifierKind.PHONE: "Det här ser ut som ett telefonnummer. Ta bort det om det hör till en person.",
    IdentifierKind.STAFF_NAME: (
        "Det här kan vara namnet på någon du arbetar med. Beskriv vad som hände, inte vem. Skriv till exempel kollegan."
    ),
}


def find_identifiers(text: str, staff_names: Iterable[str]) -> list[Finding]:
    """Everything in `text` that points out a person, in the order of the text and never overlapping.

    Of findings that overlap the longest is kept. `staff_names` are full names. A first name or a surname
    alone counts when capitalised, unless it is also an ordinary word; a full name counts in any case of
    letters, or as it is written when all its parts are ordinary words.
    """
    found = [*_civic_numbers(text), *_emails(text), *_phone_numbers(text), *_names(text, staff_names)]
    return _without_overlaps(found, len(text))


def _without_overlaps(found: list[Finding], length: int) -> list[Finding]:
    rank = {kind: number for number, kind in enumerate(IdentifierKind)}
    taken = bytearray(length)
    kept = []
    for finding in sorted(found, key=lambda one: (one.start - one.end, rank[one.kind], one.start)):
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            kept.append(finding)
    return sorted(kept, key=lambda one: one.start)


_SPACE = r"[ \t\u00a0\u202f]"
_HYPHENS = r"\-\u2010-\u2015\u2212"
_DATE_GAP = rf"(?:{_SPACE}|[{_HYPHENS}./])?"
_CIVIC_NUMBER = re.compile(
    rf"(?<![0-9])(?=((?:(18|19|20){_SPACE}?)?([0-9]{{2}}){_DATE_GAP}([0-9]{{2}}){_DATE_GAP}([0-9]{{2}})"
    rf"{_SPACE}{{0,2}}[+{_HYPHENS}]?{_SPACE}{{0,2}}([0-9]{{4}})(?![0-9])))"
)
"""Century, year, month, day and the last four, looked ahead for so that one candidate cannot hide another."""

_COORDINATION_DAYS = 60
_LAST_COORDINATION_DAY = 91
_LAST_MONTH = 12


def _civic_numbers(text: str) -> Iterator[Finding]:
    for match in _CIVIC_NUMBER.finditer(text):
        if kind := _civic_kind(*match.groups()[1:]):
            start, end = match.span(1)
            yield Finding(kind, start, end, text[start:end])


def _civic_kind(century: str | None, year: str, month: str, day: str, last: str) -> IdentifierKind | None:
    # Ten digits do not tell the century. 20 will do: every date of 18xx and 19xx is also one of 20xx.
    full_year = f"{century or 20}{year}"
    if int(day) < _COORDINATION_DAYS:
        is_civic = "01" <= month <= "12" and personnummer.is_valid(f"{full_year}{month}{day}-{last}")
        return IdentifierKind.PERSONNUMMER if is_civic else None
    if _is_coordination_date(full_year, month, day) and luhn.is_valid(f"{year}{month}{day}{last}"):
        return IdentifierKind.SAMORDNINGSNUMMER
    return None


def _is_coordination_date(year: str, month: str, day: str) -> bool:
    """A birth date with 60 added to the day; an uncertain one may have month 00 or day 60."""
    born = int(day) - _COORDINATION_DAYS
    if month == "00" or not born:
        return int(day) <= _LAST_COORDINATION_DAY and int(month) <= _LAST_MONTH
    try:
        date(int(year), int(month), born)
    except ValueError:
        return False
    return True


_EMAIL = re.compile(r"(?<![\w.%+\-])[\w.%+\-]++@[\w\-]++(?:\.[\w\-]+)*\.[^\W\d_]{2,24}")


def _emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        yield Finding(IdentifierKind.EMAIL, match.start(), match.end(), match.group())


_AREA = (
    "8|7[02369]|1[013689]|2[0136]|3[1356]|4[0246]|54|6[03]|90|"
    "12[0-5]|14[0-4]|15[0-25-9]|17[13-6]|22[0-7]|24[0136-8]|25[0138]|27[018]|28[01]|29[0-7]|30[0-4]|32[0-5]|"
    "34[056]|37[0-2]|38[0-3]|39[0-2]|41[013-8]|43[0135]|45[14-79]|47[0-24679]|48[0156]|49[0-9]|50[0-6]|51[0-5]|"
    "52[0-8]|53[0-4]|55[0-5]|56[0-5]|57[013]|58[0-79]|59[01]|61[1-3]|62[0-4]|64[0-7]|65[0-37]|66[0-3]|67[0-2]|"
    "68[0247]|69[0-356]|77[01458]|91[0-8]|92[0-9]|93[02-59]|94[0-4]|95[0-4]|96[01]|97[0135-8]|98[01]"
)
"""Riktnummer without their first 0. None of them begins another."""

_PHONE_GAP = rf"(?:{_SPACE}?[{_HYPHENS}/]?{_SPACE}?)"
_SUBSCRIBER = rf"[1-9][0-9]{{0,7}}(?:[ \u00a0{_HYPHENS}][0-9]{{2,4}}){{0,3}}(?![0-9])"
_SWEDISH_PHONE = re.compile(
    rf"(?<![\w+])(?<![0-9][.,:/{_HYPHENS}])(?="
    rf"(?P<prefix>(?:\+|00)46{_PHONE_GAP}(?:\(?0\)?{_PHONE_GAP})?|(?P<bracket>\()?0)"
    rf"(?P<area>{_AREA})(?(bracket)\))(?P<gap>{_PHONE_GAP})(?P<subscriber>{_SUBSCRIBER}))"
)
_FOREIGN_PHONE = re.compile(rf"(?<![\w+])\+(?!46)[1-9](?:[ \u00a0{_HYPHENS}]?[0-9]){{7,13}}(?![0-9])")
_GROUP = re.compile(r"[0-9]+")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_SHORTEST_RUN = 9
_FAMILIAR_FIRST_GROUP = 3
_CLOCK_TIME = 4


def _phone_numbers(text: str) -> Iterator[Finding]:
    for match in _SWEDISH_PHONE.finditer(text):
        if end := _end_of_phone_number(match):
            start = match.start()
            yield Finding(IdentifierKind.PHONE, start, end, text[start:end])
    for match in _FOREIGN_PHONE.finditer(text):
        yield Finding(IdentifierKind.PHONE, match.start(), match.end(), match.group())


def _end_of_phone_number(match: re.Match[str]) -> int | None:
    """Where the number ends: after the most groups that give a possible length, or None."""
    groups = list(_GROUP.finditer(match.string, *match.span("subscriber")))
    for count in range(len(groups), 0, -1):
        sizes = tuple(len(group.group()) for group in groups[:count])
        if sum(sizes) in _subscriber_lengths(match["area"]) and _looks_like_a_phone(match, sizes):
            return groups[count - 1].end()
    return None


def _subscriber_lengths(area: str) -> range:
    if area == "8":
        return range(5, 9)
    if _is_mobile(area):
        return range(7, 8)
    return range(5, 8 if len(area) == len("31") else 7)


def _is_mobile(area: str) -> bool:
    return area[0] == "7" and len(area) == len("70")


def _looks_like_a_phone(match: re.Match[str], sizes: tuple[int, ...]) -> bool:
    area, gap = match.group("area", "gap")
    if "46" in match["prefix"]:
        return True
    if not gap and len(sizes) == 1:
        return len("0") + len(area) + sizes[0] >= _SHORTEST_RUN
    if _is_mobile(area):
        return True
    if _CLOCK_TIME in sizes:
        return False
    # 08 begins hours and dates too: 08 30 09 30, 08-12-24 15.30. There a pair of digits needs a mark before it.
    is_marked = match["bracket"] or (_HYPHEN.search(gap) and not _HYPHEN.search(match["subscriber"]))
    return area != "8" or sizes[0] >= _FAMILIAR_FIRST_GROUP or bool(is_marked)


_LETTERS = r"[^\W\d_]++(?:[\u0300-\u036f]++[^\W\d_]*+)*+"
_WORD = re.compile(rf"(?<!\w){_LETTERS}(?:[\-'’]{_LETTERS})*+(?!\w)")
_GENITIVES = ("", "s", "'s", "’s")
_SHORTEST_SINGLE_NAME = 3
_SHORTEST_SHOUTED_NAME = 4
_WIDEST_GAP = 3

_ORDINARY = """
    alm april ask asp august back backe berg björk björn blad blom borg bror ceder dag dal duva eld
    falk fink finn fors frid frisk frost fröjd glad gran gren grip hage hans hassel hav hed holm
    horn hård höst iris jan juli juni kaj kall kling kort kraft krok kulle kung kvist lager lilja
    lill lind liten liv ljung lova love lund lycka lång lärka löv maj man mark mars min mina modig
    nord norr nova näs palm per pil prins rask ring ros rosa rot rut rönn saga sand sjö skog sköld
    smed snäll snö sol sommar stam stark sten stig stjärna stolt stor strand stråle ström stål sund
    svan svärd syd söder tapper tim topp tor trast trygg ung unga vall varg varm vik viking ville
    vinter viola vit vår åker äng öster
"""
_ORDINARY_WORDS = frozenset(_ORDINARY.split())
"""Words that are also names. Finn and Hans are here for their genitives: finns, hans."""


@dataclass(frozen=True, slots=True)
class _Staff:
    """What to look for, genitives included: names alone, full names in any case (folded), and as written."""

    single: frozenset[str]
    full: frozenset[tuple[str, ...]]
    full_as_written: frozenset[tuple[str, ...]]

    def has_full_name(self, parts: tuple[str, ...]) -> bool:
        return parts in self.full_as_written or tuple(part.casefold() for part in parts) in self.full

    def lengths_by_first(self) -> dict[str, list[int]]:
        """How many words the full names that begin so may have, the most first."""
        lengths: dict[str, list[int]] = {}
        for parts in sorted(self.full | self.full_as_written, key=len, reverse=True):
            lengths.setdefault(parts[0].casefold(), []).append(len(parts))
        return {first: list(dict.fromkeys(counts)) for first, counts in lengths.items()}


def _names(text: str, staff_names: Iterable[str]) -> Iterator[Finding]:
    staff = _staff(staff_names)
    lengths = staff.lengths_by_first()
    words = list(_WORD.finditer(text))
    for index, word in enumerate(words):
        name = _composed(word.group())
        end = None
        for count in lengths.get(name.casefold(), ()):
            end = end or _full_name_end(words[index : index + count], staff)
        if end is None and name in staff.single and not _names_a_law(words[index - 1 : index]):
            end = word.end()
        if end:
            yield Finding(IdentifierKind.STAFF_NAME, word.start(), end, text[word.start() : end])


def _staff(staff_names: Iterable[str]) -> _Staff:
    single: set[str] = set()
    full: set[tuple[str, ...]] = set()
    full_as_written: set[tuple[str, ...]] = set()
    for name in staff_names:
        parts = tuple(_WORD.findall(_composed(name)))
        telling = [part for part in parts if not _is_ordinary(part)]
        for part in telling:
            single.update(_spellings(part))
        for *first, last in {parts, (parts[0], parts[-1])} if len(parts) > 1 else ():
            whole = {(*first, last + genitive) for genitive in _GENITIVES}
            if telling:
                full.update(tuple(part.casefold() for part in form) for form in whole)
            else:
                full_as_written |= whole
    return _Staff(frozenset(single), frozenset(full), frozenset(full_as_written))


def _spellings(part: str) -> set[str]:
    """How one part of a name is written alone; none for a particle such as von."""
    if not part[0].isupper():
        return set()
    forms = {part + genitive for genitive in _GENITIVES}
    return forms | {form.upper() for form in forms} if len(part) >= _SHORTEST_SHOUTED_NAME else forms


def _full_name_end(words: list[re.Match[str]], staff: _Staff) -> int | None:
    for before, after in pairwise(words):
        gap = before.string[before.end() : after.start()]
        if not gap.isspace() or len(gap) > _WIDEST_GAP:
            return None
    is_name = staff.has_full_name(tuple(_composed(word.group()) for word in words))
    return words[-1].end() if is_name else None


def _names_a_law(before: list[re.Match[str]]) -> bool:
    # Lex Sarah and lex Maria are laws.
    return bool(before) and before[0].group().casefold() == "lex"


def _is_ordinary(part: str) -> bool:
    return len(part) < _SHORTEST_SINGLE_NAME or part.casefold() in _ORDINARY_WORDS


def _composed(word: str) -> str:
    # Some keyboards and PDFs give å as a and a ring: two characters that look like one.
    return unicodedata.normalize("NFC", word)
