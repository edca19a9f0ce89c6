"""Believable stories in Swedish for the demo municipality, told from hand-written fragments and a random source."""

from .care import CARES
from .categories import TREE
from .library import ideas, stories
from .pace import CAMPAIGN_REPORTS, Due, campaign_day, due_ideas, due_reports, rate, weight
from .replies import Ground, Reason, dismissal, message, reason
from .shapes import Cause, Exchange, Findings, Idea, Measure, Story
from .suggesting import idea
from .telling import tell

__all__ = [
    "CAMPAIGN_REPORTS",
    "CARES",
    "TREE",
    "Cause",
    "Due",
    "Exchange",
    "Findings",
    "Ground",
    "Idea",
    "Measure",
    "Reason",
    "Story",
    "campaign_day",
    "dismissal",
    "due_ideas",
    "due_reports",
    "idea",
    "ideas",
    "message",
    "rate",
    "reason",
    "stories",
    "tell",
    "weight",
]
