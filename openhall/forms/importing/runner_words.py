"""Components and operators of the GOV.UK form builder, and what each is here."""

from typing import Final

from openhall.forms.terms import FieldKind

K = FieldKind
KINDS: Final[dict[str, FieldKind]] = {
    "TextField": K.TEXT,
    "EmailAddressField": K.TEXT,
    "TelephoneNumberField": K.TEXT,
    "WebsiteField": K.TEXT,
    "MultilineTextField": K.LONG_TEXT,
    "FreeTextField": K.LONG_TEXT,
    "NumberField": K.NUMBER,
    "DateField": K.DATE,
    "DatePartsField": K.DATE,
    "DatePartsfield": K.DATE,
    "MonthYearField": K.MONTH,
    "TimeField": K.TIME,
    "DateTimeField": K.DATETIME,
    "DateTimePartsField": K.DATETIME,
    "YesNoField": K.CHOICE,
    "RadiosField": K.CHOICE,
    "SelectField": K.CHOICE,
    "AutocompleteField": K.CHOICE,
    "CheckboxesField": K.CHOICES,
    "UkAddressField": K.PLACE,
    "FileUploadField": K.FILE,
    "ClientSideFileUploadField": K.FILE,
    "MultiInputField": K.TABLE,
    "DeclarationField": K.STATEMENT,
    "Para": K.NOTE,
    "Html": K.NOTE,
    "Details": K.NOTE,
    "InsetText": K.NOTE,
    "WarningText": K.NOTE,
    "Markdown": K.NOTE,
    "List": K.NOTE,
    "FlashCard": K.NOTE,
    "NotificationBanner": K.NOTE,
    "HiddenField": K.TEXT,
    **dict.fromkeys(
        ("EastingNorthingField", "OsGridRefField", "NationalGridFieldNumberField", "LatLongField"),
        K.TEXT,
    ),
    "GeospatialField": K.LONG_TEXT,
}
ON_A_MAP: Final = (
    *("EastingNorthingField", "OsGridRefField", "NationalGridFieldNumberField", "LatLongField"),
    "GeospatialField",
)
# Told by how the programme stands, such as how long to wait for another e-mail: no question.
OF_THE_SYSTEM: Final = frozenset({"ContentWithState"})
NEVER_ASKED: Final = ("summary", "confirm", "continue")
FILES: Final = {
    "pdf": "pdf",
    "jpg": "jpg",
    "jpeg": "jpg",
    "png": "png",
    "docx": "docx",
    "vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
OPERATORS: Final = {
    "is": "is",
    "contains": "contains",
    "is more than": "more_than",
    "is less than": "less_than",
    "is at least": "at_least",
    "is at most": "at_most",
    "is longer than": ">",
    "is shorter than": "<",
    "has length": "==",
    "is before": "<",
    "is after": ">",
}
