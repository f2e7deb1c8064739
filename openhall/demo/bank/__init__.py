"""The collecting bank's stand-in: a process, a ledger and a key of its own. It knows notices only
by number and amount, signs what it was paid, and tells the city until the city has heard."""
