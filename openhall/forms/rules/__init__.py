"""The questions of an item as a value: read, checked, answered, said in words, compared. A11, B5.

One reading and one validator for the page, the window and the programs' door: an answer that one
of them takes, all of them take. Nothing here knows a page, a database or the day.
"""

from openhall.forms.rules.answers import Checked, answers_of, is_asked
from openhall.forms.rules.definition import Condition, Field, FormDefinition, NotAForm, Option
from openhall.forms.rules.difference import Change, changes_between
from openhall.forms.rules.faults import FormFault, faults_of_form
from openhall.forms.rules.reading import as_json, digest_of, read_form
from openhall.forms.rules.words import Told, said, told_under

__all__ = [
    "Change",
    "Checked",
    "Condition",
    "Field",
    "FormDefinition",
    "FormFault",
    "NotAForm",
    "Option",
    "Told",
    "answers_of",
    "as_json",
    "changes_between",
    "digest_of",
    "faults_of_form",
    "is_asked",
    "read_form",
    "said",
    "told_under",
]
