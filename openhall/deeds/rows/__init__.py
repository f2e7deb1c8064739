"""The rows of deeds: what they say as text, and the statements that write them."""
