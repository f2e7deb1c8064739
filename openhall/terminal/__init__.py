"""自助终端: the program on a kiosk, between its browser and the hall's server. E1.

It lets nothing through but the kiosk's pages, keeps no cookie, signs what it asks, shows its last
copy while the server is away, and goes on giving numbers from leased blocks (``docs/decisions/
0038-kiosk.md``). It runs without Django: ``python -m openhall.terminal``.

Its words: block (numbers leased to one kiosk), journal (one file that only grows), paper (a printed
number), merge, copy (the pages as of a moment).
"""
