"""The state of a hall as one small stored body, for displays and phones.

``body.py`` makes it, ``presser.py`` keeps the bodies of a node fresh (one leader), ``served.py``
answers for them before Django. Nothing per ticket is asked from the server: a phone finds its own
number in the body.
"""
