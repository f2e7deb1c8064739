"""登录: guessers are slowed, the one who is meant gets in; officials by a second factor.

Wrong passwords slow the network they come from. They never close an account or a network: a device
that has signed in to the account before is counted by itself, another network is not touched, and
where a network or a name is under attack a proof of work opens the door (OWASP device cookies).
"""
