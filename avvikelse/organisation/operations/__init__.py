"""What can be done to units, people, roles and local values.

One verb, one function, one transaction. A refusal is `Refused`, with the sentence and the field it belongs to.
"""

from .door import Refused, begin
from .local import add_category, add_closed_day, change_preference, end_category, remove_closed_day
from .people import add_person, bring_back, edit_person, leave
from .roles import appoint_deputy, end_role, give_role, register_absence, remove_absence
from .units import add_unit, close_unit, move_unit, rename_unit

__all__ = [
    "Refused",
    "add_category",
    "add_closed_day",
    "add_person",
    "add_unit",
    "appoint_deputy",
    "begin",
    "bring_back",
    "change_preference",
    "close_unit",
    "edit_person",
    "end_category",
    "end_role",
    "give_role",
    "leave",
    "move_unit",
    "register_absence",
    "remove_absence",
    "remove_closed_day",
    "rename_unit",
]
