"""How a lex Sarah case is received. Who sees it stands in `cases.sight`."""

from avvikelse.cases.engine import Place, Workflow
from avvikelse.cases.kinds import Kind
from avvikelse.cases.kinds import State as S
from avvikelse.cases.rules import Who

PLACES = (
    Place(
        state=S.RECEIVED,
        label="Mottagen",
        reporter_reads="Din rapport är framme hos SAS",
        waits_for=frozenset({Who.SAS}),
        next_step="{who} tar hand om rapporten. Chefen på enheten ser den inte",
        task="Ta hand om rapporten",
    ),
)

WORKFLOW = Workflow(kind=Kind.LEX, places=PLACES, moves=())
