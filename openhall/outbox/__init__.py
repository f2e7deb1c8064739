"""消息: words to people by e-mail, SMS, WeChat or in the account; each attempt is kept.

A room above calls :func:`openhall.outbox.actions.send` inside its own transaction, so that a
message and what it tells of stand or fall together. The room knows addresses and words; it knows
no case and no account beyond its number.
"""
