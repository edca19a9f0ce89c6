"""Förbättringsförslag and goda exempel: what could be better, and what others can learn from."""
