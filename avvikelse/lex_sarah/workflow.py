"""How a lex Sarah case moves (workflows §6). Who sees it stands in `cases.sight`."""

from dataclasses import replace

from avvikelse.cases.clocks import PROPOSAL, RECEPTION
from avvikelse.cases.engine import Place, Workflow
from avvikelse.cases.kinds import Kind
from avvikelse.cases.kinds import State as S
from avvikelse.cases.rules import Who
from avvikelse.inquiries.paper import lagrum_of
from avvikelse.inquiries.process import INVESTIGATED, Terms, later_places, moves
from avvikelse.inquiries.process_forms import BeginForm, ReopenForm
from avvikelse.inquiries.process_sections import SECTIONS

from . import informed_moves
from .forms import RegisterForm, WrongKindForm
from .informed import INFORMED

SAS = frozenset({Who.SAS})

TERMS = Terms(
    mine=SAS,
    working=S.INVESTIGATING,
    register=RegisterForm,
    begin=BeginForm,
    reopen=ReopenForm,
    wrong_kind=WrongKindForm,
    begin_label="Börja utredningen",
)

OR_ELSE = {S.FOLLOWING_UP: "end_following"}
"""What an underrättelse asks for, where it is not what an investigation does."""

FIRST = (
    Place(
        state=S.RECEIVED,
        label="Mottagen",
        reporter_reads="Din rapport är framme hos SAS",
        waits_for=SAS,
        next_step="{who} tar emot rapporten och ser till att ingen far illa. Chefen på enheten ser den inte",
        task="Ta emot rapporten",
        main_move="register",
        or_else="begin_following",
        part="handelsen",
        clock=RECEPTION,
    ),
    Place(
        state=S.ASSESSING,
        label="Inledande bedömning",
        reporter_reads="SAS bedömer den",
        waits_for=SAS,
        next_step="{who} bedömer rapporten och utser en utredare",
        task="Gör den inledande bedömningen",
        main_move="begin",
        part="mottagning",
    ),
    Place(
        state=S.INVESTIGATING,
        label="Utreds",
        reporter_reads="En utredare tar reda på vad som hänt",
        waits_for=frozenset({Who.INVESTIGATOR}),
        next_step="{who} utreder vad som hände och varför, och föreslår ett beslut",
        task="Utred",
        main_move="propose",
        part="dokumentation",
        clock=PROPOSAL,
    ),
)
ONLY_INVESTIGATED = frozenset({S.ASSESSING, S.INVESTIGATING, S.PROPOSED, S.DECIDED})
PLACES = tuple(
    replace(
        place,
        or_else=OR_ELSE.get(place.state, place.or_else),
        sorts=INVESTIGATED if place.state in ONLY_INVESTIGATED else (),
    )
    for place in (*FIRST, *later_places(SAS))
)

WORKFLOW = Workflow(
    kind=Kind.LEX,
    places=PLACES,
    moves=(*moves(TERMS), *informed_moves.MOVES),
    on_receipt=(RECEPTION,),
    sections=(INFORMED, *SECTIONS),
    lagrum=lagrum_of,
)
