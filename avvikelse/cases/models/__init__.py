"""A case and what belongs to every kind of case. Facts of one kind stand in that kind's room, one-to-one."""

from .around import AffectedPerson, Answer, Assessment, Attachment, CaseEvent, Clock, Message, Part, SavedFilter
from .case import Case, CaseQuerySet, NumberSeries, Report

__all__ = [
    "AffectedPerson",
    "Answer",
    "Assessment",
    "Attachment",
    "Case",
    "CaseEvent",
    "CaseQuerySet",
    "Clock",
    "Message",
    "NumberSeries",
    "Part",
    "Report",
    "SavedFilter",
]
