"""电子监察: what the events of the cases say about how the law was kept. norms 4, 7.4; A3, A14, C.

A job reads events by cursor and applies dated rules; what it finds becomes a card that says its
rule, its evidence and its arithmetic. The unit explains or objects, the Supervision Bureau rules.
Complaints, the sampling of case files and bad ratings end in the one rectification ledger. Looks
down at cases and never writes them; appraisal, above, hands its findings in.
"""
