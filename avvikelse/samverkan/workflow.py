"""How a samverkansavvikelse is received. Who sees it stands in `cases.sight`."""

from avvikelse.cases.engine import Place, Workflow
from avvikelse.cases.kinds import Kind
from avvikelse.cases.kinds import State as S
from avvikelse.cases.rules import Who

PLACES = (
    Place(
        state=S.RECEIVED,
        label="Inkommen",
        reporter_reads="Din chef tar upp det med den andra verksamheten",
        waits_for=frozenset({Who.CHEF}),
        next_step="{who} tar upp det med den andra verksamheten",
        task="Ta kontakt",
    ),
)

WORKFLOW = Workflow(kind=Kind.SAM, places=PLACES, moves=())
