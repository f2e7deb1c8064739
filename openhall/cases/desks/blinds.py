"""The blind indexes by which a desk finds a case unread: equal for every spelling of one thing."""

from openhall.organs.rules.identity import phone_of
from openhall.paging.typed import bare_name
from openhall.vault.fields import blind


def name_said(name: str) -> str:
    """What is blinded of a name, whatever its dots and blanks; empty for none."""
    bare = bare_name(name)
    return f"name:{bare}" if bare else ""


def phone_said(phone: str) -> str:
    """What is blinded of a telephone in any dress; empty for none."""
    return f"phone:{phone_of(phone) or phone}" if phone else ""


def blind_name(name: str) -> str:
    """The index of a name, to keep."""
    said = name_said(name)
    return blind(said) if said else ""


def blind_phone(phone: str) -> str:
    """The index of a telephone, to keep."""
    said = phone_said(phone)
    return blind(said) if said else ""
