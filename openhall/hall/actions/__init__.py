"""The verbs of the hall. Nothing else writes a line, a ticket or a roster."""
