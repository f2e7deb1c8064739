"""Keys as text, what an owner may be given, what of the log a topic is."""
