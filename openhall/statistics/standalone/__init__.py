"""The one-file verifier of figures, handed out as it is."""
