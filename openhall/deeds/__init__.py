"""行为: what every act with legal effect shares, whatever it is done to.

The refusal people read, the codes they read to each other, and the rows that every act writes.
Knows no room and no table; every room stands on it (A5).
"""
