"""The law of conduct: dated rules and their arithmetic."""
