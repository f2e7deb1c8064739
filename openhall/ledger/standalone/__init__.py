"""A second verifier in one file, for readers who trust nothing else of ours.

Written from the standards alone (RFC 6962 and 9162, C2SP signed-note, tlog-checkpoint, tlog-tiles,
tlog-cosignature). It imports nothing of OpenHall, and OpenHall imports nothing of it.
"""
