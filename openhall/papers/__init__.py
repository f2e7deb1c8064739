"""文书: receipts, notices and decisions, numbered by unit, kind and year without gaps.

A paper knows a reference (the number of what it speaks of), not a case. Its words are drafted by an
office and approved by Legal Affairs (A6, A14), frozen when it is given, and drawn as PDF/A when
somebody asks; a seal stands from a day on; the check page says whether it is genuine and whether
it was taken back (A5). Which papers there are, with their clauses: ``terms``.
"""
