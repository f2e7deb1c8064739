"""What a row says, as canonical text: pure."""
