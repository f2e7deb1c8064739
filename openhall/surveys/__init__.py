"""满意度测评: 3–5 departments and 2–3 districts drawn in public, both instruments, honest figures.

Units and the people asked are drawn from real closed cases (``lots``); each has a code that answers
once. 调查表 and 打分表 are forms of the one form room, as versions. What was answered says who
answered nowhere. Problems become findings of the rectification ledger. 成办发〔2003〕75号 二（三）.
"""
