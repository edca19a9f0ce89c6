"""Ekhamns kommun: the invented municipality that shows the program at work."""
