"""问答: guides of questions that lead to one person's own list of items and materials. B7.

互动式办事指南 (成办发〔2003〕75号 二（二）). A *guide* belongs to one item or to a topic; its
*content* is questions, rules and results. It is published only when every way through it was
walked and ends well (``rules.checking``). What each way came to is kept, so that a *drift* of the
catalogue is told. Answers stand in the page's address; a resident may keep the *checklist*.
"""
