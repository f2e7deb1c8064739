"""监督评议: what the served say of the service. Here now: one rating for one served case.

Silence is never a rating (norms 4.5); staff cannot rate; a bad rating asks for its reason.
Surveys, inspection campaigns, targets and self-check come to this room with their issues.
"""
