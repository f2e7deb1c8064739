"""The form of a case as its applicant sent it: read from the sealed step, drawn when asked for.

It is not a paper of the organ, so it has no number and no seal: what seals it is the sending, whose
digest stands in the log and on the receipt. 行政许可法 29, 33.
"""

from openhall.cases.application.reading import Applied, applied_with
from openhall.cases.application.sheet import pdf_of

__all__ = ["Applied", "applied_with", "pdf_of"]
