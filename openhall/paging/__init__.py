"""翻页: a page of rows after a key, and the whole numbers, months and days an address may say.

Lists are read on from a row, never from a page number: what came in meanwhile neither repeats a row
nor hides one. Whatever people send in an address is read here once: Python calls ``²`` a digit
and ``int("²")`` fails, ``9`` thirty times is no number of a row, and after 9999-12 comes no month.
Knows no room and no page; ``whole`` knows no Django, so the law may read numbers with it.
"""
