"""接入: programmes that read and act here for somebody: keys with scopes, and their webhooks.

Open data asks for no key. A key belongs to a person (and reads that person's cases) or to a unit
(and reads the unit's); what it may do is its scopes. A webhook is a place in the public log that is
read on for its owner: nothing is told that is not in the log, nothing is lost, and reading again is
going back. Its words: key, scope, token, webhook, topic. 个人信息保护法 51, 政府信息公开条例 8.
"""
