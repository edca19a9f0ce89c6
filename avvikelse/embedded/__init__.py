"""Starts what the program needs on one machine: PostgreSQL, broker, worker and web server."""
