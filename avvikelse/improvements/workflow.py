"""How a förbättringsförslag or a good example moves (workflows §5)."""

from avvikelse.cases.clocks import ASSESSMENT
from avvikelse.cases.deeds import say_why
from avvikelse.cases.engine import Move, Place, Workflow
from avvikelse.cases.forms import AnsweringForm, WhyForm
from avvikelse.cases.kinds import Kind
from avvikelse.cases.kinds import State as S
from avvikelse.cases.rules import Who
from avvikelse.measures.sections import CAUSES

from . import deeds, forms

CHEF = frozenset({Who.CHEF})
WORKERS = frozenset({Who.CHEF, Who.INVESTIGATOR})
RESPONSIBLE = frozenset({Who.CHEF, Who.SAS, Who.MAS})

ONE_STEP_BACK = {
    S.CONSIDERING: S.RECEIVED,
    S.ADOPTED: S.CONSIDERING,
    S.IMPLEMENTED: S.ADOPTED,
    S.DECLINED: S.CONSIDERING,
    S.SHARED: S.RECEIVED,
    S.CLOSED: S.CONSIDERING,
}

PLACES = (
    Place(
        state=S.RECEIVED,
        label="Inkommet",
        reporter_reads="Det du skrev är framme, {chief} läser det",
        waits_for=CHEF,
        next_step="{who} läser det som har kommit in och tar ställning till det",
        task="Läs och ta ställning",
        main_move="consider",
        or_else="share",
        part="handelsen",
        clock=ASSESSMENT,
    ),
    Place(
        state=S.CONSIDERING,
        label="Ses över",
        reporter_reads="Vi ser över förslaget",
        waits_for=WORKERS,
        next_step="{who} ser över förslaget",
        task="Se över förslaget",
        main_move="adopt",
    ),
    Place(
        state=S.ADOPTED,
        label="Antaget",
        reporter_reads="Vi ska göra det",
        waits_for=WORKERS,
        next_step="{who} ser till att det blir gjort",
        task="Genomför förslaget",
        main_move="implement",
    ),
    Place(
        state=S.IMPLEMENTED,
        label="Genomfört",
        reporter_reads="Det är gjort",
        waits_for=CHEF,
        next_step="{who} svarar den som föreslog",
        task="Svara den som föreslog",
        main_move="close",
    ),
    Place(
        state=S.DECLINED,
        label="Inte antaget",
        reporter_reads="Vi gör det inte. Snart får du veta hur vi tänkte",
        waits_for=CHEF,
        next_step="{who} svarar den som föreslog",
        task="Svara den som föreslog",
        main_move="close",
        on_the_way=False,
    ),
    Place(
        state=S.SHARED,
        label="Delat",
        reporter_reads="Ditt exempel delas med andra",
        waits_for=CHEF,
        next_step="{who} svarar den som delade exemplet",
        task="Svara den som delade exemplet",
        main_move="close",
        on_the_way=False,
    ),
    Place(state=S.CLOSED, label="Avslutat", reporter_reads="Klart. Så här blev det", final=True),
    Place(state=S.HANDED_OVER, label="Överlämnat", reporter_reads="{handed_over}", final=True, on_the_way=False),
)

MOVES = (
    Move(
        name="consider",
        label="Ta upp",
        sources=(S.RECEIVED,),
        target=S.CONSIDERING,
        who=CHEF,
        past="tog upp förslaget",
        asks=forms.ConsiderForm,
        does=deeds.consider,
        unless=(deeds.not_a_proposal,),
        meets=(ASSESSMENT,),
    ),
    Move(
        name="share",
        label="Dela exemplet",
        sources=(S.RECEIVED,),
        target=S.SHARED,
        who=CHEF,
        past="delade exemplet",
        asks=forms.ShareForm,
        does=deeds.share,
        unless=(deeds.not_a_good_example,),
        meets=(ASSESSMENT,),
    ),
    Move(
        name="adopt",
        label="Anta",
        sources=(S.CONSIDERING,),
        target=S.ADOPTED,
        who=CHEF,
        past="antog förslaget",
        asks=forms.AdoptForm,
        does=deeds.adopt,
    ),
    Move(
        name="decline",
        label="Säg nej",
        sources=(S.CONSIDERING,),
        target=S.DECLINED,
        who=CHEF,
        past="sade nej till förslaget",
        asks=WhyForm,
        does=say_why,
    ),
    Move(
        name="implement",
        label="Markera som genomfört",
        sources=(S.ADOPTED,),
        target=S.IMPLEMENTED,
        who=WORKERS,
        past="genomförde förslaget",
        asks=forms.ImplementForm,
        does=deeds.implement,
    ),
    Move(
        name="close",
        label="Avsluta",
        sources=(S.IMPLEMENTED, S.DECLINED, S.SHARED),
        target=S.CLOSED,
        who=CHEF,
        past="avslutade ärendet",
        asks=AnsweringForm,
        does=deeds.close,
        unless=(deeds.no_answer,),
    ),
    Move(
        name="reconsider",
        label="Gå ett steg tillbaka",
        sources=tuple(ONE_STEP_BACK),
        target=ONE_STEP_BACK,
        who=CHEF,
        past="gick tillbaka ett steg",
        asks=WhyForm,
        does=say_why,
        starts=(ASSESSMENT,),
    ),
    Move(
        name="make_deviation",
        label="Gör till avvikelse",
        sources=(S.RECEIVED, S.CONSIDERING, S.ADOPTED, S.IMPLEMENTED, S.DECLINED, S.SHARED, S.CLOSED),
        target=S.HANDED_OVER,
        who=RESPONSIBLE,
        past="gjorde förslaget till en avvikelse",
        asks=WhyForm,
        does=say_why,
        opens=Kind.AVV,
        meets=(ASSESSMENT,),
    ),
)

WORKFLOW = Workflow(kind=Kind.FOR, places=PLACES, moves=MOVES, on_receipt=(ASSESSMENT,), sections=(CAUSES,))
