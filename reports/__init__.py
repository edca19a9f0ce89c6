"""Everything that leaves as a summary. It may read every room, and nothing reads it."""
