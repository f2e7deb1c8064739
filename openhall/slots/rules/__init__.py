"""What a day offers, how long a visit takes, when days are released: pure."""
