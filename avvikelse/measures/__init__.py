"""Causes and measures: what made it happen, what is done about each cause, how strong that is and whether it helped."""
