"""How the demo municipality's cases live.

Each story is carried through the program's own operations, as of its own days.
"""
