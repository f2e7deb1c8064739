"""闸口: SQLite with a first-in-first-out gate before its single writer."""
