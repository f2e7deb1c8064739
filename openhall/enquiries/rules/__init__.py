"""What a question needs, where its acts lead, what is hidden; pure."""
