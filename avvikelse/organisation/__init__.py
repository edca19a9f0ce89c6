"""The municipality: units as a tree, people, their roles with dates, and what it has decided locally.

Holds no case and no process. Everything above asks here who somebody is on a given day.
"""
