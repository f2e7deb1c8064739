"""政策法规: laws and policy papers as published, with what stands at their head. B3.

A *document* has 状态, 发布日期, 生效日期, 发布部门, 发布文号 and its *sections*, down to an article
that a guide names as its basis. It comes from a page or a library file, replaced whole when it
changed. ``rules.law_names`` finds one law under its many spellings.
"""
