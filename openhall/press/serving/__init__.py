"""Stored pages before Django, and how every process hears of a change."""
