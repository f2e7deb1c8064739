"""表格: the questions asked of an applicant, as a value that knows no item and no case. A11, B5.

A form is a *definition* of fields, some asked only after certain answers, some reckoned by a
*formula*; *answers* are read, checked and said in words by one rule for the page, the window and
the programs' door. ``controls`` and ``answering`` ask it on a page, ``blank`` draws it on paper.
成办发〔2003〕75号 二(一): forms are free, 行政许可法 29, 30.
"""
