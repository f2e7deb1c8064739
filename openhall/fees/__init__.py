"""收费: payment notices from the tariff in force, collected by the bank, reconciled daily.

Forms are free; nothing may be charged beyond what the price authority approved; there is one fee
window and the bank collects for it (A11, A12). A handler has no permission on any table here. A
bill knows a payer, tariff lines and a reference; it does not know what a case is.
"""
