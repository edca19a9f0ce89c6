"""IVO-ärenden: what the municipality notifies IVO of, and what IVO asks, decides and demands."""
