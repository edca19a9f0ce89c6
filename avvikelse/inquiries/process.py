"""How a lex Sarah case and a vårdskada move alike: the rows of workflows §6 that §7 shares, by whose the case is.

Each kind's room makes its table of these, with what only that kind asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from avvikelse.cases.clocks import FOLLOW_UP, NOTIFY, PROPOSAL, RECEPTION
from avvikelse.cases.deeds import no_answer, say_why
from avvikelse.cases.diary import set_number_in
from avvikelse.cases.engine import Goes, Move, Place
from avvikelse.cases.forms import WhyForm
from avvikelse.cases.kinds import Kind, Sort
from avvikelse.cases.kinds import State as S
from avvikelse.cases.rules import Who
from avvikelse.measures import following

from . import process_deeds as deeds
from . import process_forms as forms
from . import process_rules as rules
from .asking import AskStatementForm, ConcealForm, GradingForm
from .concealing import conceal
from .operations import ask_statement

DECIDER = frozenset({Who.DECIDER})
INVESTIGATOR = frozenset({Who.INVESTIGATOR})
REGISTRAR = frozenset({Who.REGISTRAR})
INVESTIGATED = (Sort.ORDINARY,)
"""What the municipality investigates itself; an underrättelse has moves of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What differs between the kinds: whose the case is, the state of working with it, and its own forms."""

    mine: frozenset[Who]
    working: S
    register: type[forms.RegisterForm]
    begin: type[forms.BeginForm]
    reopen: type[forms.ReopenForm]
    wrong_kind: type[forms.WrongKindForm]
    begin_label: str

    @property
    def open(self) -> tuple[S, ...]:
        return (S.RECEIVED, S.ASSESSING, self.working, S.PROPOSED, S.DECIDED, S.FOLLOWING_UP)


def moves(terms: Terms) -> tuple[Move, ...]:
    """Every row, in the order of the process."""
    return (
        *receiving(terms),
        *proposing(terms),
        *deciding(terms),
        *following_up(terms),
        *at_any_time(terms),
        *beside(terms),
        *passing_on(terms),
    )


def receiving(terms: Terms) -> Iterable[Move]:
    yield Move(
        name="register",
        label="Ta emot",
        sources=(S.RECEIVED,),
        target=S.ASSESSING,
        who=terms.mine,
        past="tog emot rapporten",
        asks=terms.register,
        does=deeds.register,
        unless=(rules.leaders_informed, rules.nobody_at_unit),
        meets=(RECEPTION,),
        law="investigate",
        sorts=INVESTIGATED,
    )
    yield Move(
        name="begin",
        label=terms.begin_label,
        sources=(S.ASSESSING,),
        target=terms.working,
        who=terms.mine,
        past="började utredningen",
        asks=terms.begin,
        does=deeds.begin,
        unless=(rules.conflicted, rules.same_person),
        starts=(PROPOSAL,),
        law="investigate",
    )
    yield settle(terms)


def settle(terms: Terms) -> Move:
    return Move(
        name="settle",
        label="Avsluta med ett ställningstagande",
        sources=(S.ASSESSING,),
        target=S.CLOSED,
        who=terms.mine,
        past="tog ställning: det behöver inte utredas",
        asks=forms.SettleForm,
        does=deeds.settle,
        unless=(rules.notified, no_answer),
        hint="När det är uppenbart att det inte är något att utreda.",
    )


def proposing(terms: Terms) -> Iterable[Move]:
    yield Move(
        name="propose",
        label="Föreslå beslut",
        sources=(terms.working,),
        target=S.PROPOSED,
        who=INVESTIGATOR,
        past="föreslog ett beslut",
        asks=GradingForm,
        does=deeds.propose,
        unless=(rules.undocumented,),
        meets=(PROPOSAL,),
        law="document",
    )
    yield Move(
        name="send_back",
        label="Skicka tillbaka till utredaren",
        sources=(S.PROPOSED,),
        target=terms.working,
        who=DECIDER,
        past="skickade tillbaka utredningen",
        asks=forms.SendBackForm,
        does=deeds.send_back,
        starts=(PROPOSAL,),
    )


def deciding(terms: Terms) -> Iterable[Move]:
    yield Move(
        name="decide",
        label="Besluta",
        sources=(S.PROPOSED,),
        target=S.DECIDED,
        who=DECIDER,
        past="beslutade",
        asks=forms.DecideForm,
        does=deeds.decide,
        unless=(rules.decider_investigated,),
        law="delegate",
    )
    yield Move(
        name="record_decision",
        label="Registrera nämndens beslut",
        sources=(S.PROPOSED,),
        target=S.DECIDED,
        who=terms.mine | REGISTRAR,
        past="registrerade nämndens beslut",
        asks=forms.RecordForm,
        does=deeds.record_decision,
        unless=(rules.decider_named,),
    )
    yield correct()


def correct() -> Move:
    return Move(
        name="correct",
        label="Rätta beslut",
        sources=(S.DECIDED, S.FOLLOWING_UP, S.CLOSED),
        target=S.DECIDED,
        who=DECIDER,
        past="rättade beslutet",
        asks=forms.DecideForm,
        does=deeds.correct,
        unless=(rules.undecided, rules.decider_investigated),
    )


def following_up(terms: Terms) -> Iterable[Move]:
    yield Move(
        name="follow_up",
        label="Börja följa upp",
        sources=(S.DECIDED,),
        target=S.FOLLOWING_UP,
        who=terms.mine,
        past="började följa upp",
        asks=following.FollowUpForm,
        does=following.follow_up,
        unless=following.UNPLANNED,
        starts=(FOLLOW_UP,),
    )
    yield Move(
        name="act_again",
        label="Nya åtgärder",
        sources=(S.FOLLOWING_UP,),
        target=S.DECIDED,
        who=terms.mine,
        past="gick tillbaka till åtgärder",
        asks=following.ActAgainForm,
        does=following.act_again,
        meets=(FOLLOW_UP,),
        sorts=INVESTIGATED,
    )
    yield from ending(terms)


def ending(terms: Terms) -> Iterable[Move]:
    yield Move(
        name="close",
        label="Avsluta",
        sources=(S.FOLLOWING_UP,),
        target=S.CLOSED,
        who=terms.mine,
        past="avslutade ärendet",
        asks=forms.CloseForm,
        does=deeds.close,
        unless=(rules.ivo_not_sent, *following.UNFINISHED),
        meets=(FOLLOW_UP,),
        sorts=INVESTIGATED,
    )
    yield Move(
        name="reopen",
        label="Återuppta",
        sources=(S.CLOSED,),
        target=terms.working,
        who=terms.mine,
        past="återupptog ärendet",
        asks=terms.reopen,
        does=deeds.reopen,
        unless=(rules.conflicted, rules.same_person),
        starts=(PROPOSAL,),
        sorts=INVESTIGATED,
    )


def at_any_time(terms: Terms) -> Iterable[Move]:
    yield Move(
        name="notify_now",
        label="Anmäl före utredningen",
        sources=(S.ASSESSING, terms.working, S.PROPOSED),
        target=Goes.SAME,
        who=terms.mine | DECIDER,
        past="beslutade att anmäla till IVO redan nu",
        asks=forms.NotifyForm,
        does=say_why,
        opens=Kind.IVO,
        starts=(NOTIFY,),
        law="notify_ivo",
        hint="När det redan är klart att det är allvarligt.",
    )
    yield Move(
        name="reappoint",
        label="Byt den som utreder eller beslutar",
        sources=terms.open,
        target=Goes.SAME,
        who=terms.mine,
        past="bytte den som utreder eller beslutar",
        asks=forms.ReappointForm,
        does=deeds.reappoint,
        unless=(rules.nobody_appointed, rules.conflicted, rules.conflict_unasked, rules.same_person),
        sorts=INVESTIGATED,
    )


def beside(terms: Terms) -> Iterable[Move]:
    yield Move(
        name="ask_statement",
        label="Begär yttrande",
        sources=terms.open,
        target=Goes.SAME,
        who=terms.mine | INVESTIGATOR,
        past="begärde ett yttrande",
        asks=AskStatementForm,
        does=ask_statement,
        hint="Den som yttrar sig ser inte ärendet, bara din fråga.",
    )
    yield Move(
        name="point_out",
        label="Ange att någon är utpekad",
        sources=terms.open,
        target=Goes.SAME,
        who=terms.mine,
        past="angav att någon är utpekad",
        asks=forms.PointOutForm,
        does=deeds.point_out,
    )
    yield set_number_in(terms.open, terms.mine)
    yield mask(terms)


def mask(terms: Terms) -> Move:
    return Move(
        name="mask",
        label="Dölj uppgift",
        sources=terms.open,
        target=Goes.SAME,
        who=terms.mine,
        past="dolde en uppgift",
        asks=ConcealForm,
        does=conceal,
        hint="När något står som inte skulle ha skrivits.",
    )


def passing_on(terms: Terms) -> Iterable[Move]:
    yield Move(
        name="return_to_unit",
        label="Återlämna som avvikelse",
        sources=(S.ASSESSING, S.DECIDED),
        target=S.CLOSED,
        who=terms.mine,
        past="återlämnade ärendet till enheten som avvikelse",
        asks=WhyForm,
        does=say_why,
        unless=(rules.serious, rules.notified),
        opens=Kind.AVV,
    )
    yield Move(
        name="wrong_kind",
        label="Fel sorts ärende",
        sources=(S.ASSESSING,),
        target=S.CLOSED,
        who=terms.mine,
        past="lade om ärendet",
        asks=terms.wrong_kind,
        does=deeds.wrong_kind,
        unless=(rules.notified, rules.not_as_chosen),
    )


def later_places(who: frozenset[Who]) -> tuple[Place, ...]:
    """The states from the proposal on, which both kinds share."""
    return (
        Place(
            state=S.PROPOSED,
            label="Förslag till beslut",
            reporter_reads="Beslut förbereds",
            waits_for=who | DECIDER,
            next_step="{who} beslutar, eller lägger in nämndens beslut",
            task="Besluta",
            main_move="decide",
            or_else="record_decision",
            part="beslut",
        ),
        Place(
            state=S.DECIDED,
            label="Beslutat",
            reporter_reads="Beslut är fattat",
            waits_for=who,
            next_step="{who} ser till att åtgärderna blir gjorda och börjar följa upp",
            task="Se till att åtgärderna blir gjorda",
            main_move="follow_up",
            part="orsaker",
        ),
        *last_places(who),
    )


def last_places(who: frozenset[Who]) -> tuple[Place, ...]:
    return (
        Place(
            state=S.FOLLOWING_UP,
            label="Under uppföljning",
            reporter_reads="Åtgärderna följs upp",
            waits_for=who,
            next_step="{who} kontrollerar om åtgärderna hjälpte och svarar rapportören",
            task="Följ upp",
            main_move="close",
            clock=FOLLOW_UP,
        ),
        Place(state=S.CLOSED, label="Avslutat", reporter_reads="Klart. Så här blev det", final=True),
    )
