"""Documents: a frozen content, a number, and the locked PDF that is printed from it.

Holds the numbering, the lock, the templates' contents as types and the press that prints. It knows a case only by
its reference, and neither gathers what a document says nor decides who may read it; the rooms above do.
"""
