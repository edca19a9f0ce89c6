"""What the law says of each duty, and since when. A table and pure functions of it; nothing here knows a case.

Paragraphs move: a duty is cited as of the day it arose, under the lagrum of the case (workflows §11).
"""

from .citations import Citation, Row, UnknownDuty, cite, duties, table

__all__ = ["Citation", "Row", "UnknownDuty", "cite", "duties", "table"]
