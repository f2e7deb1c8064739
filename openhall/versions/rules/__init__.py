"""Routes and days of versions: pure."""
