"""A node's index: the records with their texts, finding in them, following the outbox."""
