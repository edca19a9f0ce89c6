"""Who read and who changed what: append-only, written in the same transaction as the act.

Holds the audit table, the database trigger that fills it and the two calls the program makes. It knows actors and
objects only
as keys, so that every room above can use it. It does not hold the case's own story; that is `CaseEvent` in `cases`.
"""
