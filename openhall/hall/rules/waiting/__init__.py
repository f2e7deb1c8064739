"""How long one will wait, as an interval that says when it does not know. A13.

Simulation by item (``simulating``), a mixture with the classic predictors that today's errors
weigh (``mixing``), and an empirical table of wait ÷ estimate (``intervals``), all learnt from the
hall's own days each night (``fitting``). Pure: values in, values out. How well it keeps its word
stands in ``docs/measured.md``; ``benchmarks/waiting.py`` measures it again.

Begin at ``values.py`` (what is known at a moment), ``saying.py`` (what a ticket is told).
"""
