"""The journal of a kiosk and what follows from it: pure."""
