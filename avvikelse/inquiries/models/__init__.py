"""The rows of an investigation, written only by this room's operations."""

from .analysis import Analysis, Barrier, Block, Factor
from .around import Concealment, Note, Ruling, Statement, TaskDraft
from .matter import Matter

__all__ = [
    "Analysis",
    "Barrier",
    "Block",
    "Concealment",
    "Factor",
    "Matter",
    "Note",
    "Ruling",
    "Statement",
    "TaskDraft",
]
