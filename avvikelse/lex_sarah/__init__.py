"""Lex Sarah: a report of a missförhållande, received and kept where the chief does not reach it."""
