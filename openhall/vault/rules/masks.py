"""How personal data is shown where it need not be read whole."""

import re
from typing import Final

# A number by which a person, an account or a card is found, wherever in a text it stands.
NUMBERS: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{11,}[Xx]?(?![0-9A-Za-z])")
NAMED: Final = re.compile(r"((?:姓名|[Nn]ame)(?:：|: ?))([\u4e00-\u9fff·]{2,6})(?![\u4e00-\u9fff])")
PERSON: Final = re.compile(r"姓名|[Nn]ame")
HAN_NAME: Final = re.compile(r"[\u4e00-\u9fff·]{2,4}")


def mask_name(name: str) -> str:
    """``张三丰`` → ``张**``."""
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*"


def mask_number(number: str) -> str:
    """An identity or credit code: the first three and the last two signs; birth date hidden."""
    return number[:3] + "*" * (len(number) - 5) + number[-2:] if len(number) > 7 else "*" * 6


def mask_phone(phone: str) -> str:
    """``13812345678`` → ``138****5678``."""
    return phone[:3] + "****" + phone[-4:] if len(phone) >= 10 else "****"


def mask_company(name: str) -> str:
    """The first four and the last two signs of a company's name."""
    return name[:4] + "***" + name[-2:] if len(name) > 6 else name[:2] + "***"


def mask_text(text: str) -> str:
    """Free text with the long numbers in it masked, and who is named in a row of a table."""

    def hidden(found: re.Match[str]) -> str:
        number = found[0]
        phone = len(number) == 11 and number[0] == "1"
        return mask_phone(number) if phone else mask_number(number)

    return NAMED.sub(lambda found: found[1] + mask_name(found[2]), NUMBERS.sub(hidden, text))


def mask_answer(asked: str, word: str) -> str:
    """The answer to a question for somebody's name, masked; any other as it is."""
    is_name = PERSON.search(asked) is not None and HAN_NAME.fullmatch(word) is not None
    return mask_name(word) if is_name else word
