"""公开抽取: a draw that nobody can steer, and that anyone draws again.

The hash of the frame enters the public log first; at least three parties commit and open; then
comes a number that none of them makes. RFC 3797 selects. Whoever draws units, persons or teams
(a survey, an inspection) uses this room, which knows strata of opaque rows and nothing else.
成办发〔2003〕75号 二（三）.
"""
