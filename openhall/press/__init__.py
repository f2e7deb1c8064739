"""印 The press: public pages are made once and served as bytes; every version is kept and proved.

A public page is the same for everybody (``rules/kinds.py``): no cookie, token, name or message
stands in it, so that one body a language answers all. Clauses B1–B4, E2 (``docs/decisions``).
"""
