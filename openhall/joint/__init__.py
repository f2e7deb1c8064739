"""联办: one application that several units decide, from the matter to the last decision.

A joint matter is a dated list of parts with a lead unit (国办发〔2022〕32号); applied for,
it becomes one joint case: one receipt, one notice to each unit, opinions or meetings, the lead's
conclusion. Each part is a case of its own unit and goes the way of every case; what the procedure
must ask of this room hangs on the roof's lists (``actions/gates.py``). Its words: matter, part,
task, opinion, meeting, lead.
"""
