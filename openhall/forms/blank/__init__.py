"""The blank form on paper, drawn from the live form: PDF and DOCX, free, for anyone. A11, B5.

格式文本免费: nobody types a form twice, so what is printed and what is asked online cannot differ.
Each sheet carries its version, a digest of its questions and a QR that tells an outdated form.
"""

from openhall.forms.blank.docx import docx_of
from openhall.forms.blank.pdf import pdf_of
from openhall.forms.blank.sheet import Sheet, sheet_of

__all__ = ["Sheet", "docx_of", "pdf_of", "sheet_of"]
