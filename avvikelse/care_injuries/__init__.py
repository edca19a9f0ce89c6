"""Vårdskada: harm in health care, received by MAS or MAR and kept where the chief does not reach it."""
