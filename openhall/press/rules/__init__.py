"""What the press decides without a database: pure functions over values."""
