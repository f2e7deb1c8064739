"""What desks ask of the cases: which wait, which one is meant, what is the next."""
