"""What the duty says and who has read it, which decisions the nämnd has been told of, and what providers tell."""

from .duty import DutyReading, DutyText
from .informed import Informed, ProviderLink
from .reporting import ReportedRuling, Reporting

__all__ = ["DutyReading", "DutyText", "Informed", "ProviderLink", "ReportedRuling", "Reporting"]
