"""节流: how often one network, session or account may do what costs the city something.

Every count stands in the database, so all processes and nodes share it and a restart forgets none.
Its words: limit, pace, network, proof of work. Nobody is shut out for what a stranger does: what is
limited is the network that does it, and the sentence says what to do meanwhile (网络安全法 21).
"""
