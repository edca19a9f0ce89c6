"""How a vårdskada moves (workflows §7). Who sees it stands in `cases.sight`."""

from avvikelse.cases.clocks import LEX_MARIA, PROPOSAL, RECEPTION
from avvikelse.cases.engine import Place, Workflow
from avvikelse.cases.kinds import Kind
from avvikelse.cases.kinds import State as S
from avvikelse.cases.rules import Who
from avvikelse.inquiries.paper import lagrum_of
from avvikelse.inquiries.process import Terms, later_places, moves
from avvikelse.inquiries.process_sections import SECTIONS

from .forms import BeginForm, RegisterForm, ReopenForm, WrongKindForm

MAS = frozenset({Who.MAS})

TERMS = Terms(
    mine=MAS,
    working=S.ANALYSING,
    register=RegisterForm,
    begin=BeginForm,
    reopen=ReopenForm,
    wrong_kind=WrongKindForm,
    begin_label="Börja händelseanalysen",
)

PLACES = (
    Place(
        state=S.RECEIVED,
        label="Mottagen",
        reporter_reads="Din rapport är framme hos MAS",
        waits_for=MAS,
        next_step="{who} tar emot rapporten och ser till att ingen far illa. Chefen på enheten ser den inte",
        task="Ta emot rapporten",
        main_move="register",
        part="handelsen",
        clock=RECEPTION,
    ),
    Place(
        state=S.ASSESSING,
        label="Inledande bedömning",
        reporter_reads="MAS bedömer den",
        waits_for=MAS,
        next_step="{who} bedömer rapporten och utser en analysledare",
        task="Gör den inledande bedömningen",
        main_move="begin",
        part="mottagning",
    ),
    Place(
        state=S.ANALYSING,
        label="Händelseanalys",
        reporter_reads="Händelseanalys pågår",
        waits_for=frozenset({Who.INVESTIGATOR}),
        next_step="{who} leder händelseanalysen och föreslår ett beslut",
        task="Gör händelseanalysen",
        main_move="propose",
        part="handelseanalys",
        clock=PROPOSAL,
    ),
    *later_places(MAS),
)

WORKFLOW = Workflow(
    kind=Kind.VSK,
    places=PLACES,
    moves=moves(TERMS),
    on_receipt=(RECEPTION, LEX_MARIA),
    sections=SECTIONS,
    lagrum=lagrum_of,
)
