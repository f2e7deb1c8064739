"""触摸屏: the pages of a hall's kiosk and rating pads, and the door its machines ask at. E1.

Large targets, no cookie, no session, nothing of a person kept. A machine proves itself by its key;
who only reads needs none. What runs on the machine is ``terminal``; why it is so stands in
``docs/decisions/0038-kiosk.md``.
"""
