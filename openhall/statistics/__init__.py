"""统计公开: published figures; each opens to its cases, and each case to its proof. A5, D2."""
