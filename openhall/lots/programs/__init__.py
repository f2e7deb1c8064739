"""Programs that a stranger runs: they are handed out as they stand and import nothing of ours."""
