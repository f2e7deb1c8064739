"""Text, columns and the numbers of the site checks: pure."""
