"""How a case between the municipality and IVO moves (workflows §8). Who sees it stands in `cases.sight`."""

from dataclasses import replace

from avvikelse.cases.deeds import say_why
from avvikelse.cases.diary import set_number_in
from avvikelse.cases.engine import Goes, Move, Place, Workflow
from avvikelse.cases.forms import WhyForm
from avvikelse.cases.kinds import Kind
from avvikelse.cases.kinds import State as S
from avvikelse.cases.rules import Who

from . import deeds, forms, rules
from .lawful import lagrum_of
from .sections import SECTIONS

RESPONSIBLE = frozenset({Who.SAS, Who.MAS})
"""SAS or MAS/MAR by the sort of the case: nobody is both in one."""
DECIDING = RESPONSIBLE | {Who.DECIDER}

OPEN = (S.PREPARING, S.WITH_IVO, S.DECIDED)
AT_IVO = (S.WITH_IVO, S.DECIDED)

PLACES = (
    Place(
        state=S.PREPARING,
        label="Förbereds",
        reporter_reads="En anmälan till IVO förbereds",
        waits_for=RESPONSIBLE,
        next_step="{who} skickar anmälan till IVO och lägger in det som skickades",
        task="Anmäl till IVO",
        main_move="send",
        or_else="open_supervision",
        part="anmalan",
    ),
    Place(
        state=S.WITH_IVO,
        label="Hos IVO",
        reporter_reads="IVO har ärendet",
        waits_for=RESPONSIBLE,
        next_step="{who} svarar på det IVO frågar och lägger in beslutet när det kommer",
        task="Följ ärendet hos IVO",
        main_move="answer",
        or_else="add_decision",
        part="hos-ivo",
    ),
    Place(
        state=S.DECIDED,
        label="IVO har beslutat",
        reporter_reads="IVO har beslutat",
        waits_for=RESPONSIBLE,
        next_step="{who} ser till att det IVO kräver blir gjort och avslutar sedan ärendet",
        task="Gör det IVO har beslutat",
        main_move="close",
        or_else="remedy",
        part="hos-ivo",
    ),
    Place(state=S.CLOSED, label="Avslutat", reporter_reads="Klart hos IVO", final=True),
    Place(
        state=S.CANCELLED,
        label="Avbrutet före anmälan",
        reporter_reads="Ingen anmälan gjordes till IVO",
        final=True,
        on_the_way=False,
    ),
)

MOVES = (
    Move(
        name="send",
        label="Anmäl",
        sources=(S.PREPARING,),
        target=S.WITH_IVO,
        who=DECIDING,
        past="skickade anmälan till IVO",
        asks=forms.SendForm,
        does=deeds.send,
        unless=(rules.opened_by_ivo, rules.notice_incomplete, rules.enclosure_unsaid),
        hint="Skicka först anmälan till IVO. Lägg sedan in här att den är skickad, så låses det som skickades.",
    ),
    Move(
        name="open_supervision",
        label="Registrera tillsyn",
        sources=(S.PREPARING,),
        target=S.WITH_IVO,
        who=DECIDING,
        past="registrerade IVO:s tillsyn",
        asks=forms.SupervisionForm,
        does=deeds.open_supervision,
        unless=(rules.opened_by_us,),
    ),
    Move(
        name="cancel",
        label="Avbryt före anmälan",
        sources=(S.PREPARING,),
        target=S.CANCELLED,
        who=DECIDING,
        past="avbröt anmälan till IVO",
        asks=WhyForm,
        does=say_why,
        unless=(rules.decided_grave,),
    ),
    replace(set_number_in(OPEN, DECIDING), asks=forms.NumbersForm, does=deeds.set_numbers),
    Move(
        name="add_investigation",
        label="Skicka utredningen",
        sources=OPEN,
        target=Goes.SAME,
        who=DECIDING,
        past="skickade utredningen till IVO",
        asks=forms.InvestigationForm,
        does=deeds.add_investigation,
        unless=(rules.not_sent_yet, rules.no_files),
        law="investigation_to_ivo",
    ),
    Move(
        name="add_request",
        label="Lägg in begäran",
        sources=AT_IVO,
        target=Goes.SAME,
        who=DECIDING,
        past="lade in en begäran från IVO",
        asks=forms.RequestForm,
        does=deeds.add_request,
        hint="När IVO frågar något, vill ha en komplettering eller förelägger om handlingar.",
    ),
    Move(
        name="answer",
        label="Svara på begäran",
        sources=AT_IVO,
        target=Goes.SAME,
        who=DECIDING,
        past="svarade IVO",
        asks=forms.AnswerForm,
        does=deeds.answer,
        unless=(rules.no_open_request,),
    ),
    Move(
        name="extend",
        label="Lägg in anstånd",
        sources=AT_IVO,
        target=Goes.SAME,
        who=DECIDING,
        past="lade in anstånd från IVO",
        asks=forms.ExtendForm,
        does=deeds.extend,
        unless=(rules.nothing_to_extend,),
    ),
    Move(
        name="add_decision",
        label="Lägg in beslut",
        sources=AT_IVO,
        target=S.DECIDED,
        who=DECIDING,
        past="lade in IVO:s beslut",
        asks=forms.DecisionForm,
        does=deeds.add_decision,
        unless=(rules.demands_and_outcome_differ,),
    ),
    Move(
        name="remedy",
        label="Återrapportera",
        sources=(S.DECIDED,),
        target=Goes.SAME,
        who=DECIDING,
        past="återrapporterade till IVO",
        asks=forms.RemedyForm,
        does=deeds.remedy,
        unless=(rules.no_open_demand,),
    ),
    Move(
        name="close",
        label="Avsluta",
        sources=(S.DECIDED,),
        target=S.CLOSED,
        who=DECIDING,
        past="avslutade ärendet",
        asks=forms.CloseForm,
        does=deeds.close,
        unless=(rules.left_open, rules.investigation_left, rules.decision_unread),
    ),
    Move(
        name="reopen",
        label="Öppna igen",
        sources=(S.CLOSED,),
        target=S.DECIDED,
        who=DECIDING,
        past="öppnade ärendet igen",
        asks=WhyForm,
        does=say_why,
    ),
)

WORKFLOW = Workflow(kind=Kind.IVO, places=PLACES, moves=MOVES, sections=SECTIONS, lagrum=lagrum_of)
