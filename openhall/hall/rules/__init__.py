"""Opening hours, the order of calling, spoken calls, waiting: pure."""
