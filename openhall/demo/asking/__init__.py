"""What the demo city's people ask its units and book with them, and what units ask of everybody."""
