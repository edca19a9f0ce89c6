"""Units that close and people who leave: their open work goes on with somebody else, without being opened.

Stands above the cases, since the room of units and people knows none.
"""
