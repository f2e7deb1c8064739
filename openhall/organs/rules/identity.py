"""One reader for the numbers of people and bodies: identity documents, credit codes, telephones.

Check digits: GB 11643-1999 (residents), GB 32100-2015 (bodies). A number is read in whatever dress
it is typed or pasted, and kept in one.
"""

import re
import unicodedata
from datetime import date
from typing import Final

from openhall.glossary import Said
from openhall.organs.terms import IdentityKind
from openhall.paging.typed import code_of, folded, narrow
from openhall.paging.whole import digits

RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS: Final = "10X98765432"
LIKE_X: Final = "×✕✖╳⨯Ⅹⅹ\u0425\u0445\u03a7\u03c7"  # signs, a Roman ten, Cyrillic and Greek letters
CREDIT_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
OF_ORGANISATION: Final = re.compile(r"[0-9A-Z]{8}[0-9X]")  # GB 11714-1997
CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

PROVINCES: Final = frozenset(  # 81 to 83: residence permits
    str(number)
    for numbers in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (81, 83))
    for number in range(numbers[0], numbers[1] + 1)
) | {"71"}
FOREIGN: Final = "9"  # begins the card of a foreigner with permanent residence
EXTENSION: Final = re.compile(r"转|分机|ext\.?|#|\*", re.I)
EARLIEST_BIRTH: Final = date(1880, 1, 1)
DOCUMENTS: Final[dict[IdentityKind, re.Pattern[str]]] = {
    IdentityKind.HK_MACAO_PERMIT: re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
    IdentityKind.TAIWAN_PERMIT: re.compile(r"[0-9]{8}(?:[0-9]{2})?"),
    IdentityKind.PASSPORT: re.compile(r"(?=.*[0-9])(?![0-9]{15}$)[A-Z0-9]{5,15}"),
    IdentityKind.FOREIGN_RESIDENT: re.compile(r"[A-Z]{3}[0-9]{12}"),
}
BY_FORM: Final = (
    IdentityKind.HK_MACAO_PERMIT,
    IdentityKind.TAIWAN_PERMIT,
    IdentityKind.FOREIGN_RESIDENT,
    IdentityKind.PASSPORT,
)
PERSONAL: Final = tuple(kind for kind in IdentityKind if kind != IdentityKind.CREDIT_CODE)
LIKE_RESIDENT_IDS: Final = (
    IdentityKind.RESIDENT_ID,
    IdentityKind.RESIDENCE_PERMIT,
    IdentityKind.FOREIGN_RESIDENT,
)
AREA: Final = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
LOCAL: Final = re.compile(rf"({AREA})?([2-9][0-9]{{6,7}}|[48]00[0-9]{{7}})")
HOTLINE: Final = re.compile(rf"({AREA})(1[0-9]{{4}}|9[5-6][0-9]{{3,4}})")  # 028-12345
# Hong Kong, Macao, Taiwan: no number of the mainland begins so.
NEAR: Final = re.compile(r"852[2-9][0-9]{7}|853[268][0-9]{7}|886[2-9][0-9]{7,8}")
# Signs 3 and 4: cities 01–20, 51–70, prefectures 21–50, 90 what has none (GB/T 2260); 4600 Hainan.
NO_CITY: Final = re.compile(r"(?!46)..00|..(?:7[1-9]|8[0-9]|9[1-9])")
MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
SHORT: Final = re.compile(r"1[0-9]{2,4}|9[5-6][0-9]{3,4}")
AROUND: Final = re.compile(r"^[^\d+(]+|\s*\([^\d()]*\)$")  # 手机：…, tel:…, …（家）
TRUNK: Final = re.compile(r"^(\+ ?[0-9]{1,3}[ -]?)\(0\)")  # +44 (0)20: left out from abroad
ABROAD: Final = re.compile(r"\+[1-9][0-9]{5,14}")


def resident_check_digit(first17: str) -> str:
    """The 18th sign for the first 17 digits."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first17, RESIDENT_WEIGHTS, strict=True)
    )
    return RESIDENT_CHECKS[total % 11]


def fault_of_resident_id(number: str, today: date | None = None) -> Said | None:
    """What is wrong with an 18-sign resident identity number; None if nothing.

    ``today``: nobody is born after it.
    """
    if len(number) == 15 and digits(number):
        return Said(
            "这是15位的旧身份证号码，第一代居民身份证自2013年1月1日起停止使用。"
            "请持户口簿到就近的派出所换领居民身份证，再填写证上的18位号码。",
            "This is an old number of 15 digits; cards of the first generation ended on 1 January "
            "2013. Renew the card at any police station with the household register, then write "
            "its 18 signs.",
        )
    if len(number) != 18:
        return Said(
            f"居民身份证号应为18位，现为{len(number)}位。请对照证件重新填写。",
            f"A resident identity number has 18 signs; this has {len(number)}. Compare it with "
            "the card.",
        )
    if not digits(number[:17]) or number[17] not in RESIDENT_CHECKS:
        return Said(
            "居民身份证号前17位应为数字，末位应为数字或大写X。",
            "The first 17 signs of a resident identity number are digits, the last a digit or X.",
        )
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = None
    if born is None or born < EARLIEST_BIRTH or (today is not None and born > today):
        return Said(
            "居民身份证号第7至14位不是有效的出生日期。请对照证件重新填写。",
            "Signs 7 to 14 are not a day of birth. Compare the number with the card.",
        )
    # A foreigner's card: 9, the province, three digits of the country (from 2023 on).
    province = number[1:3] if number[0] == FOREIGN else number[:2]
    nowhere = (
        number[0] not in (FOREIGN, "8")
        and (  # 81 to 83: 0000
            number[2:6] == "0000" or NO_CITY.match(number)
        )
    )
    if province not in PROVINCES or nowhere:
        return Said(
            f"居民身份证号的地区代码“{number[:6]}”不存在。请对照证件重新填写。",
            f"Signs 1 to 6 (“{number[:6]}”) are no region. Compare the number with the card.",
        )
    if resident_check_digit(number[:17]) != number[17]:
        return Said(
            "居民身份证号校验位不符，可能有一位填错。请对照证件重新填写。",
            "The last sign does not fit the others; one may be mistyped. Compare the number with "
            "the card.",
        )
    return None


def credit_check_sign(first17: str) -> str:
    """The 18th sign for the first 17 signs. Raises ``ValueError`` for a sign that may not occur."""
    total = sum(
        CREDIT_SIGNS.index(sign) * weight
        for sign, weight in zip(first17, CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_SIGNS[(31 - total % 31) % 31]


def _earlier(code: str) -> Said | None:
    """What to do with the number that a body had before 2015; None where it is none."""
    if OF_ORGANISATION.fullmatch(code):
        return Said(
            f"“{code}”是9位的组织机构代码，已由18位的统一社会信用代码代替"
            "（国发〔2015〕33号；它是新代码的第9至17位）。请填写现行证照上的18位代码。",
            f"“{code}” is an organisation code of 9 signs. The unified social credit code of 18 "
            "took its place (国发〔2015〕33号) and holds it as signs 9 to 17: write the one on the "
            "present licence.",
        )
    if len(code) == 15 and digits(code):
        return Said(
            f"“{code}”是15位的营业执照注册号，已由18位的统一社会信用代码代替（国发〔2015〕33号）。"
            "请填写现行营业执照上的18位代码。",
            f"“{code}” is a business registration number of 15 digits. The unified social credit "
            "code of 18 signs took its place (国发〔2015〕33号): write the one on the present "
            "licence.",
        )
    return None


def fault_of_credit_code(code: str) -> Said | None:
    """What is wrong with a unified social credit code; None if nothing."""
    if len(code) != 18 and (earlier := _earlier(code)):
        return earlier
    if len(code) != 18:
        return Said(
            f"统一社会信用代码应为18位，现为{len(code)}位。请对照证照重新填写。",
            f"A unified social credit code has 18 signs; this has {len(code)}. Compare it with "
            "the licence.",
        )
    if strange := [sign for sign in code if sign not in CREDIT_SIGNS]:
        return Said(
            f"统一社会信用代码不含“{strange[0]}”（不使用I、O、S、V、Z）。请对照证照重新填写。",
            f"No unified social credit code holds “{strange[0]}” (I, O, S, V and Z are not used). "
            "Compare it with the licence.",
        )
    if credit_check_sign(code[:17]) != code[17]:
        return Said(
            "统一社会信用代码校验位不符，可能有一位填错。请对照证照重新填写。",
            "The last sign does not fit the others; one may be mistyped. Compare the code with "
            "the licence.",
        )
    return None


def document_number(typed: object) -> str:
    """The number of an identity document or body as it is kept, however it was typed.

    The last sign of a resident's is typed as whatever looks like an X.
    """
    number = code_of(typed)
    if len(number) == 18 and digits(number[:17]) and number[17] in LIKE_X:
        return f"{number[:17]}X"
    return number


def fault_of_document(kind: IdentityKind, number: str, today: date | None = None) -> Said | None:
    """What is wrong with the number of a document of ``kind``; None if nothing."""
    if kind == IdentityKind.CREDIT_CODE:
        return fault_of_credit_code(number)
    pattern = DOCUMENTS.get(kind)
    if pattern is not None and pattern.fullmatch(number):
        return None
    if kind in LIKE_RESIDENT_IDS and _of_kind(kind, number):
        return fault_of_resident_id(number, today)
    return Said(
        f"“{number}”不是{kind.zh}的号码。请对照证件重新填写，或改选证件种类。",
        f"“{number}” is no number of this document ({kind.en}). Compare it with the document, or "
        "choose another kind.",
    )


def _of_kind(kind: IdentityKind, number: str) -> bool:
    """Whether an 18-sign number may stand on this card; a wrong length is told by its digits."""
    if kind == IdentityKind.FOREIGN_RESIDENT:
        return len(number) == 18 and number[0] == FOREIGN
    if kind == IdentityKind.RESIDENCE_PERMIT and len(number) == 18:
        return number[:2] in ("81", "82", "83")
    return True


def kind_of_document(number: str) -> IdentityKind:
    """The kind of a person's document whose number stands alone; by its form."""
    if len(number) == 18 or (len(number) == 15 and digits(number)):
        return IdentityKind.RESIDENT_ID
    found = (kind for kind in BY_FORM if DOCUMENTS[kind].fullmatch(number))
    return next(found, IdentityKind.RESIDENT_ID)


def personal(said: object, number: str) -> IdentityKind:
    """The kind of a person's document that was chosen; where none was, by the number's form."""
    chosen = next((kind for kind in PERSONAL if kind.value == str(said or "")), None)
    return chosen or kind_of_document(number)


def fault_of_person(
    number: str, today: date | None = None, kind: IdentityKind | None = None
) -> Said | None:
    """What is wrong with the number of a person's document of ``kind``; None if nothing."""
    return fault_of_document(kind or kind_of_document(number), number, today)


def phone_of(typed: object) -> str | None:
    """A telephone number as it is kept; None where it is none.

    A mobile number of the mainland is its 11 digits, a landline ``028-86660000-801``, one abroad
    begins with ``+``.
    """
    said = folded(narrow(typed))
    if any(unicodedata.category(sign) in ("Nd", "No") and not sign.isascii() for sign in said):
        return None  # ¹³⁸ and the digits of other scripts: which were meant, nobody can tell
    said = TRUNK.sub(r"\1", AROUND.sub("", said))
    said, _mark, extension = re.sub(r"(?:转|分机|ext\.?|#|\*)", "x", said, flags=re.I).partition(
        "x"
    )
    plus = said.lstrip("( ").startswith("+")
    bare = code_of(said).replace("+", "")
    extension = code_of(extension)
    if extension and not re.fullmatch(r"[0-9]{1,6}", extension):
        return None
    if not digits(bare):
        return None
    if bare.startswith("00") and not plus:
        bare, plus = bare[2:], True
    if plus and not bare.startswith("86"):
        return f"+{bare}" if ABROAD.fullmatch(f"+{bare}") and not extension else None
    home = bare[2:] if plus or (bare.startswith("86") and len(bare) > 11) else bare
    if NEAR.fullmatch(bare) and not extension:
        return f"+{bare}"
    mobile = MOBILE.fullmatch(home.removeprefix("0"))  # 0 before it: as once for long distances
    if mobile and not extension:
        return mobile[0]
    if plus and not home.startswith(("0", "400", "800")):
        home = f"0{home}"  # an area code loses its 0 behind +86
    if found := HOTLINE.fullmatch(home):
        return None if extension else f"{found[1]}-{found[2]}"
    if found := LOCAL.fullmatch(home):
        area = f"{found[1]}-" if found[1] else ""
        return f"{area}{found[2]}" + (f"-{extension}" if extension else "")
    *before, last = re.findall("[0-9]+", said) or [""]  # 028-86660000-801, 400-800-8888-12
    main = LOCAL.fullmatch(home.removesuffix(last))
    apart = len(before) >= 2 or (before and main and not main[1])
    if main and apart and len(last) <= 6 and not extension:
        return f"{main[1]}-{main[2]}-{last}" if main[1] else f"{main[2]}-{last}"
    return home if SHORT.fullmatch(home) and not extension else None


def fault_of_phone(typed: object) -> Said | None:
    """What to do about what is no telephone number; None if it is one."""
    if phone_of(typed) is not None:
        return None
    return Said(
        "请填写手机号码（11位）或者带区号的固定电话，如028-86660000。",
        "Write a mobile number (11 digits) or a landline with its area code: 028-86660000.",
    )
