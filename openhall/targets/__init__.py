"""目标管理: yearly targets of each unit signed by both sides, quarterly progress, self-check.

Whatever the system can count it counts: a target names a measure, the reading is made from live
data and opens to what stands behind it. What a unit claims stands beside what was reckoned and what
the Government Office found. 成办发〔2003〕75号 二（三）, 二（四）.
"""
