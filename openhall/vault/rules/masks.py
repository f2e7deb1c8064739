"""How personal data is shown where it need not be read whole."""


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
