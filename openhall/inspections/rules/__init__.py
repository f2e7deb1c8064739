"""Indicators, who inspects what, and what the sheets say together."""
