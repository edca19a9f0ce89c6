"""A case that only SAS or MAS and those they appoint may see, page by page as they meet it on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.documents.operations import render_waiting
from tests.browser.axe import spills_over
from tests.browser.walker import Walker
from tests.people import AT, DAY

SHORT = "Hon låg på golvet från klockan tio på kvällen till klockan sju"
TOLD = f"{SHORT}. Ingen kom på larmet."
FELT = "Hon var rädd, kall och hade ont i höften."
PROTECTED = "Larmet är bytt och nattpersonalen går en extra runda."
CAUSE = "Larmet kopplades inte om när nattpatrullen bytte telefon."
MEASURE = "Larmet går till två telefoner tills någon svarar."
SIGN = "Alla larm är besvarade inom tio minuter i åtta veckor."
EFFECT = "Alla 212 larm besvarades inom tio minuter."
ANSWER = "Tack för att du berättade. Nu går larmet till två telefoner."
LESSON = "Provlarma när en telefon byts."


@dataclass(frozen=True, slots=True)
class Point:
    """What somebody answers on a page of the documentation: questions with given answers, then texts by label."""

    name: str
    picked: tuple[tuple[str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()


FOUND = "Larmet ringde klockan 22.05 i en telefon som låg i förrådet. Nattpatrullen hade en annan."
COMMON = (
    Point("Vad hände", written=(("Vad hände?", FOUND),)),
    Point(
        "Vilka följder det fick",
        written=(("Vilka följder fick det för den enskilda", "Nio timmar på golvet, nedkyld, rädd och öm i höften."),),
    ),
    Point(
        "När det hände",
        written=(
            ("När hände det?", "Natten till den 16 november, klockan 22.05 till 07.00."),
            ("När och hur uppmärksammades det?", "Dagpersonalen kom klockan sju."),
        ),
    ),
    Point(
        "Har det hänt förut",
        (("Har något liknande hänt förut?", "Ja"),),
        (("Vad vet du om det?", "I mars. Rutinen för telefonbyte skrevs aldrig klar."),),
    ),
    Point(
        "Kan det hända igen",
        (("Kan något liknande hända igen?", "Ja"),),
        (("Hur tänker du?", "Telefoner byts varje månad."),),
    ),
    Point(
        "Vad som har gjorts",
        written=(
            ("Vad har gjorts för att rätta till det?", "Läkare har undersökt henne. Larmet är omkopplat."),
            ("När gjordes det?", "Samma morgon."),
        ),
    ),
    Point(
        "Vad som görs",
        written=(
            ("Vad har gjorts eller ska göras", "Larmet ska gå till två telefoner."),
            ("När är det gjort", "Den 1 december."),
        ),
    ),
    Point("Vad som i övrigt", written=(("Vad har mer kommit fram?", "Inget."),)),
)
"""What a lex Sarah case and a vårdskada both document on pages of their own."""


def stops(walker: Walker, name: str) -> None:
    """Leave a picture of the page, none of which may reach outside the phone."""
    walker.takes_picture(name)
    assert (name, spills_over(walker.page)) == (name, [])


def page_of(case: str, part: str = "") -> str:
    return f"/arenden/{case}/{part}"


def opens_case(walker: Walker, case: str) -> None:
    walker.goes_to(page_of(case))


def the_case(kind: Kind) -> str:
    """The number of the only case of the kind."""
    return Case.objects.get(kind=kind).reference


def grades(walker: Walker, grade: str) -> None:
    """A grade, none other of which only ends in the same words."""
    walker.page.get_by_role("radio", name=grade, exact=True).check()


def adds_file(walker: Walker, label: str, name: str, content: bytes, kind: str = "text/plain") -> None:
    walker.page.get_by_label(label).set_input_files({"name": name, "mimeType": kind, "buffer": content})


def papers_are_printed() -> None:
    """What the worker does within a minute."""
    render_waiting(at=AT)


# --- Receiving


def hands_over(chief: Walker, case: str, button: str) -> None:
    """The chief passes on what she has read. From then on she does not see it."""
    opens_case(chief, case)
    chief.opens("Annat du kan göra")
    chief.follows(button)
    chief.writes("Varför?", "Hon for illa av att larmet inte besvarades.")
    chief.writes("Vad har gjorts genast?", PROTECTED)
    chief.presses(button)
    chief.sees("Klart. Du lämnade över ärendet", "Du ser bara nummer och datum.", case)
    chief.does_not_see(SHORT)


def receives(walker: Walker, case: str, *picked: str) -> None:
    """SAS, MAS or whoever stands in sees it on Start and registers it."""
    walker.goes_to("/")
    walker.sees("Väntar på dig", case, "Ta emot rapporten")
    opens_case(walker, case)
    walker.sees("Du tar emot rapporten och ser till att ingen far illa.", TOLD)
    walker.follows("Ta emot")
    walker.picks("Skriftligt")
    for answer in picked:
        walker.picks(answer)
    walker.writes("Vad har gjorts genast för att skydda den enskilda?", PROTECTED)
    walker.writes("Nämndens ordförande fick veta", DAY.isoformat())
    walker.writes("Förvaltningschefen fick veta", DAY.isoformat())


def appoints(walker: Walker, investigator: str, *, label: str = "Utredare", decider: str = "") -> None:
    """Choose who investigates and who decides, on the page that asks it."""
    walker.picks_in_list(label, investigator)
    walker.picks("Nej", about="Har hon eller han jäv?")
    if decider:
        walker.picks_in_list("Beslutsfattare", decider)


# --- Investigating


def answers_points(walker: Walker, case: str, points: Iterable[Point], pictures: str) -> None:
    """Write each point from the list of what remains, and leave a picture of its page."""
    for point in points:
        walker.goes_to(page_of(case, "dokumentation/"))
        walker.follows(point.name)
        for about, answer in point.picked:
            walker.picks(answer, about=about)
        for label, text in point.written:
            walker.writes(label, text)
        stops(walker, f"{pictures}-{walker.page.url.rstrip('/').split('/')[-1]}")
        walker.presses("Spara")
        walker.sees("är sparad.")


def finds_cause(walker: Walker, case: str) -> None:
    walker.goes_to(page_of(case))
    walker.follows("Lägg till en orsak")
    walker.picks("Processer, rutiner, arbetssätt och riktlinjer")
    walker.writes("Orsaken", CAUSE)
    walker.presses("Lägg till orsaken")
    walker.sees(CAUSE)


def proposes(walker: Walker, case: str, grade: str, why: str) -> None:
    opens_case(walker, case)
    walker.follows("Föreslå beslut")
    grades(walker, grade)
    walker.writes("Varför?", why)


# --- Following up


def decides_measure(walker: Walker, case: str, owner: str) -> None:
    """Add a measure against the cause; it is decided by being written."""
    opens_case(walker, case)
    walker.follows("Lägg till en åtgärd")
    walker.writes("Vad ska göras?", MEASURE)
    walker.picks("Starkare")
    walker.picks_in_list("Vem ansvarar?", owner)
    walker.writes("När ska det vara klart?", "2026-12-01")
    walker.writes("Hur ser ni att det har hjälpt?", SIGN)
    walker.presses("Besluta åtgärden")
    walker.sees(MEASURE)


def finishes_measure(owner: Walker, case: str) -> None:
    """The owner meets the measure, its cause and the number, and no way into the case."""
    owner.goes_to("/")
    owner.sees("Åtgärder du ansvarar för", MEASURE, case)
    owner.does_not_see(SHORT, FOUND)
    assert owner.page.locator(f"a[href*='{case}']").count() == 0
    owner.goes_to("/atgarder/")
    owner.follows("Klar med")
    owner.meets("Är åtgärden klar?")
    owner.does_not_see(SHORT, FOUND)
    owner.writes("Så blev det", "Omkopplat och provat.")


def follows_up(walker: Walker, case: str, day: str) -> None:
    opens_case(walker, case)
    walker.follows("Börja följa upp")
    walker.writes("När ska det följas upp?", day)
    walker.presses("Börja följa upp")
    walker.sees("Under uppföljning")


def closes(walker: Walker, case: str) -> None:
    """Answer all that closing asks, on its page; the button is left to press."""
    walker.goes_to("/")
    walker.follows(f"Följ upp {case}")
    walker.picks("Ja", about="Hjälpte åtgärden")
    walker.writes("Hur vet ni det?", EFFECT)
    walker.writes("Svar till rapportören", ANSWER)
    walker.writes("Vad har ni lärt er?", LESSON)


def reads_answer(reporter: Walker, case: str, *secret: str) -> None:
    reporter.goes_to(f"/mina-rapporter/{case}/")
    reporter.sees("Klart. Så här blev det", "Svar till dig", ANSWER, TOLD)
    reporter.does_not_see(FOUND, CAUSE, EFFECT, LESSON, *secret)
