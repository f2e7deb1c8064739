"""申请: an application before it is a case: drafts, agents, signatures, consent, sending.

Saved at every step and resumed by account or by code; signed by everybody over one digest
(电子签名法 13); what was given before serves again only with consent (国办函〔2016〕108号,
个人信息保护法 14). Sending makes a case of it, once (行政许可法 29).
Several parts hang on one draft (``combined``); of which joint matter, ``joint`` knows.
Its words: draft, signatory, consent, held document.
"""
