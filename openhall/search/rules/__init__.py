"""How a query is read, planned, compared and judged: pure, and free of any engine."""
