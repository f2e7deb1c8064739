"""咨询: one question to a unit, from being asked to a published answer; and calls for opinions.

A consultation has a named unit and a limit in working days; a call for opinions (意见征集) takes
its opinions as the same rows, with the day of its report as their limit. Another kind of question
(a request for disclosure, a report on a page) is a row of the same table with its own limits.
成办发〔2003〕75号 二（一）, 二（二）; 国办秘函〔2019〕19号.
"""
