"""How lots are drawn: RFC 3797, the frame, the commitments. Standard library alone."""
