"""The spine: a case, its story, its clocks and the people in it, and the engine with its one door.

What a kind of case is and how it moves stands in the kind's own room; this room runs every kind's table and knows
none of them.
"""
