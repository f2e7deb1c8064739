"""人员考核: how staff of a hall are to behave, and the monthly assessment drawn from what was done.

Its words: rule (what costs how many points, dated), finding (what an inspection saw), deduction
(one rule, one day, one source that opens), objection, assessment of a month. Nobody is ranked. A13.
"""
