"""办件: application → receipt → acceptance → handling → decision → delivery.

The heart of the house. ``rules`` is the procedure as tables and arithmetic (行政许可法 ch. 4);
``actions`` are its verbs, each one transaction and one event; ``notices`` are its printed papers.
Who accepts a case never handles or decides it (A4, 接办件分离): a rule, a permission and a CHECK.
"""
