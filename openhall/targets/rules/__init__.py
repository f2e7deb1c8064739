"""What a sheet of targets must be, when reports are due, and what a target scores."""
