"""网站: a site for every unit, what it publishes, and whether that is alive. B1–B4, B9.

A *site* belongs to one organ and has the standard columns from its first day. Columns whose content
is kept elsewhere (guides, forms, policies, figures, questions) show it live; what editors write is
an *article* with *editions*, each written, checked for secrets, published from a day and never
changed afterwards (``openhall.versions``). Each night the *look* computes the numbers of the
national site checks from the real pages, and the *coverage* of designated window units from live
answers. 成办发〔2003〕75号 二（二）; 国办秘函〔2019〕19号; docs/decisions/0050.
"""
