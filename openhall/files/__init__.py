"""材料: uploads in a folder (卷宗), looked at by real parsers before anybody opens one.

A file belongs to a folder, not to a case: ``applying`` and ``cases`` each own theirs, and handing
papers over moves them from one to the other. Its words: upload, folder, scan, trust level. No
official opens a file before it is clean (网络安全法 21); who vouches for it stands across every
copy (国办函〔2016〕108号).
"""
