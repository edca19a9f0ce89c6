"""Avvikelse: the commonest kind. What its table of moves needs, and the investigation."""
