"""One answer of one kind: read, normalised, and told in a sentence what to do when it is wrong.

Each function gives the value as it is kept, or raises :class:`Wrong`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from openhall.forms.rules.composed import matrix, place, ranking
from openhall.forms.rules.definition import Field
from openhall.forms.rules.moments import day, hour, moment, month, year
from openhall.forms.rules.patterns import matches_whole
from openhall.forms.rules.wrong import Wrong, kept
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.organs.rules.divisions import name_of_division
from openhall.organs.rules.identity import (
    document_number,
    fault_of_credit_code,
    fault_of_phone,
    fault_of_resident_id,
    phone_of,
)
from openhall.paging.typed import name_on_card, narrow, text_of
from openhall.paging.whole import whole, whole_or

K = FieldKind
LONGEST: Final = {K.TEXT: 300, K.ORGANISATION: 200, K.ADDRESS: 300, K.LONG_TEXT: 4000}
DIGITS: Final = tuple("0123456789")
LARGEST: Final = Decimal("999999999999999")
LINE: Final = re.compile(r"[ \t\n]+")
HAN: Final = "[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
VARIANT: Final = "[\ufe00-\ufe0f\U000e0100-\U000e01ef]?"
PATTERNS: Final[dict[str, tuple[re.Pattern[str], Said, Said]]] = {
    # name: what it matches, its name, what to do
    "postcode": (
        re.compile(r"[0-9]{6}"),
        Said("邮政编码", "Postcode"),
        Said("邮政编码为6位数字。请重新填写。", "A postcode has 6 digits. Type it again."),
    ),
    "email": (
        re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+"),
        Said("电子邮箱", "E-mail address"),
        Said(
            "电子邮箱格式如 name@example.cn。请重新填写。",
            "An e-mail address looks like name@example.cn. Type it again.",
        ),
    ),
    "chinese_name": (
        re.compile(
            f"(?:{HAN}{VARIANT}){{1,20}}|(?:{HAN}{VARIANT}){{1,15}}(?:·(?:{HAN}{VARIANT}){{1,15}})+"
        ),
        Said("中文姓名", "Name in Chinese"),
        Said("请填写中文姓名，与证件一致。", "Write the name in Chinese, as on the document."),
    ),
    "number_plate": (
        re.compile(
            r"[\u4e00-\u9fff][A-Z](?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[学警挂港澳领试超])|使[0-9]{6}"
        ),
        Said("机动车号牌", "Number plate"),
        Said("号牌号码如“川A12345”。请重新填写。", "A number plate looks like 川A12345."),
    ),
    "bank_card": (
        re.compile(r"[0-9]{8,28}"),
        Said("银行账号", "Bank account"),
        Said("银行账号为8至28位数字。请重新填写。", "A bank account has 8 to 28 digits."),
    ),
    "web": (
        re.compile(r"(?:https?://)?[^\s/@:.]+(?:\.[^\s/@:.]+)+(?::[0-9]{1,5})?(?:[/?#]\S*)?"),
        Said("网址", "Web address"),
        Said(
            "网址格式如 https://www.example.cn。请重新填写。",
            "A web address looks like https://www.example.cn. Type it again.",
        ),
    ),
    "iban": (
        re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}"),
        Said("国际银行账号（IBAN）", "IBAN"),
        Said(
            "国际银行账号以两个字母、两位数字开头。请重新填写。",
            "An IBAN begins with two letters and two digits. Type it again.",
        ),
    ),
    "year": (
        re.compile(r"(?:19|20)[0-9]{2}"),
        Said("年份", "Year"),
        Said("年份为4位数字，如2003。请重新填写。", "A year has four digits, such as 2003."),
    ),
}


def text(field: Field, typed: Any) -> str:
    said = kept(typed)
    if field.kind != K.LONG_TEXT:
        said = LINE.sub(" ", said)  # one line; an ideographic blank in it stays
    if field.pattern in PATTERNS:
        named = field.pattern == "chinese_name"  # every sign of it stays as on the card
        said = name_on_card(said) if named else narrow(said)
        if field.pattern != "web":
            said = re.sub("[ \u00a0\u3000]", "", said)
        said = said.replace("-", "" if field.pattern == "bank_card" else "-")
        said = said.upper() if field.pattern in ("number_plate", "iban") else said
        if field.pattern == "number_plate":  # 京A·12345, as the plate itself has it
            said = said.replace("·", "").replace("•", "").replace("-", "")
        pattern, _name, what_to_do = PATTERNS[field.pattern]
        if not pattern.fullmatch(said):
            found = strange_in_name(said) if named else None
            raise Wrong(
                (found.zh if found else "") + what_to_do.zh,
                f"{found.en} {what_to_do.en}" if found else what_to_do.en,
            )
    least, most = _signs(field.minimum, 0), _signs(field.maximum, LONGEST.get(field.kind, 300))
    most = min(most, LONGEST.get(field.kind, 300))
    if len(said) > most:
        raise Wrong(
            f"最多{most}个字，现有{len(said)}个。请缩短。",
            f"At most {most} signs; there are {len(said)}. Shorten it.",
        )
    if len(said) < least:
        raise Wrong(
            f"至少{least}个字，现有{len(said)}个。请写得更详细。",
            f"At least {least} signs; there are {len(said)}. Say more.",
        )
    _check_words(field, said)
    if field.regex and not (
        matches_whole(field.regex, said) or matches_whole(field.regex, narrow(said))
    ):
        raise Wrong(
            "格式不符合要求。请按说明重新填写。", "The format is not as asked. Type it again."
        )
    return said


def strange_in_name(said: str) -> Said | None:
    """The first sign that no name on a Chinese card holds, by its code point; None if none is."""
    found = re.search(f"(?!{HAN}|{VARIANT[:-1]}|·).", said)
    if found is None:
        return None
    sign, code = found[0], f"U+{ord(found[0]):04X}"
    meant = unicodedata.normalize("NFKC", sign)  # ⽅ of a copied PDF is a radical, not 方
    if meant != sign and re.fullmatch(HAN, meant):
        return Said(
            f"“{sign}”（{code}）是部首符号，请改填“{meant}”。",
            f"“{sign}” ({code}) is the sign of a radical; type “{meant}”.",
        )
    return Said(f"“{sign}”（{code}）不是姓名用字。", f"“{sign}” ({code}) is not used in names.")


def _check_words(field: Field, said: str) -> None:
    words = words_in(said) if field.least_words or field.most_words else 0
    if field.most_words and words > _signs(field.most_words, words):
        raise Wrong(
            f"最多{field.most_words}个词（汉字每字算一个），现有{words}个。请缩短。",
            f"At most {field.most_words} words; there are {words}. Shorten it.",
        )
    if field.least_words and words < _signs(field.least_words, 0):
        raise Wrong(
            f"至少{field.least_words}个词（汉字每字算一个），现有{words}个。请写得更详细。",
            f"At least {field.least_words} words; there are {words}. Say more.",
        )


def words_in(said: str) -> int:
    """Words as an editor counts them: each Han sign is one, and each run of other signs."""
    return len(re.findall(f"{HAN}|(?:(?!{HAN})\\S)+", said))


def _signs(limit: str, otherwise: int) -> int:
    return whole_or(otherwise, limit)


def decimal_of(typed: Any) -> Decimal | None:
    """A number as people type it: full-width signs and thousands commas are understood."""
    said = narrow(typed).replace(",", "").replace(" ", "").removeprefix("¥").removesuffix("元")
    if not re.fullmatch(r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})", said):
        return None
    try:
        return Decimal(said)
    except InvalidOperation:
        return None


def places_of(field: Field) -> int:
    """Decimal places a number may have."""
    if field.decimals is not None:
        return field.decimals
    return 2 if field.kind in (K.MONEY, K.COMPUTED) else 4


def written(number: Decimal) -> str:
    """The number without needless zeros: ``12.50`` → ``12.5``, ``100`` stays."""
    told = f"{number:f}"
    told = told.rstrip("0").rstrip(".") if "." in told else told
    return "0" if told in ("-0", "") else told


ALSO_WRITTEN: Final[Mapping[str, tuple[str, ...]]] = {  # how people write a unit; NFKC, lower case
    "平方米": ("平方米", "平方", "平米", "m2", "㎡", "m²"),
    "立方米": ("立方米", "立方", "方", "m3", "m³"),
    "米": ("米", "m"),
    "元": ("元", "块", "块钱", "元整", "rmb"),
    "%": ("%", "％"),
    "毫米": ("毫米", "mm"),
    "克": ("克", "g"),
    "吨": ("吨", "t"),
}
COUNTED: Final = (
    "个",
    "人",
    "名",
    "位",
    "间",
    "台",
    "套",
    "件",
    "份",
    "张",
    "辆",
    "户",
    "座",
    "层",
)


def without_unit(field: Field, typed: Any) -> Any:
    """What was typed without the unit that the question itself names: ``86平方米`` says 86.

    Only the question's own unit, however it is written, or a counter where it names none: another
    unit would be another number (``86亩`` is not 86平方米) and stays a fault.
    """
    said = narrow(typed).replace(" ", "").lower()
    own = field.unit.strip().lower()
    known = (own, field.unit_en.strip().lower(), *ALSO_WRITTEN.get(own, ())) if own else COUNTED
    for unit in sorted(filter(None, known), key=len, reverse=True):
        if said.endswith(unit) and said[: -len(unit)][-1:] in DIGITS:
            return said[: -len(unit)]
    return typed


def number(field: Field, typed: Any) -> str:
    value = decimal_of(typed)
    if value is None:
        value = decimal_of(without_unit(field, typed))
    if value is None:
        raise Wrong("请填写数字，如1200或者12.5。", "Write a number, such as 1200 or 12.5.")
    places = places_of(field)
    if value != value.quantize(Decimal(1).scaleb(-places)):
        if places == 0:
            raise Wrong("请填写整数。", "Write a whole number.")
        raise Wrong(f"最多{places}位小数。", f"At most {places} decimal places.")
    least = decimal_of(field.minimum) if field.minimum else None
    most = decimal_of(field.maximum) if field.maximum else None
    if least is None and field.kind == K.MONEY:
        least = Decimal(0)
    if least is not None and value < least:
        raise Wrong(
            f"不能小于{written(least)}。请核对后重新填写。",
            f"It cannot be less than {written(least)}. Check it.",
        )
    if value > (most if most is not None else LARGEST) or value < -LARGEST:
        top = written(most if most is not None else LARGEST)
        raise Wrong(
            f"不能大于{top}。请核对后重新填写。", f"It cannot be more than {top}. Check it."
        )
    return written(value)


def choice(field: Field, typed: Any) -> str:
    said = text_of(typed) if not isinstance(typed, bool) else str(typed).lower()
    if said not in {option.value for option in field.options}:
        raise Wrong("请从所列选项中选择一项。", "Choose one of the options listed.")
    return said


def choices(field: Field, typed: Any) -> list[str]:
    given = typed if isinstance(typed, list | tuple) else [typed]
    said = {text_of(one) for one in given} - {""}
    offered = [option.value for option in field.options]
    if said - set(offered):
        raise Wrong("请只从所列选项中选择。", "Choose only from the options listed.")
    kept = [value for value in offered if value in said]
    least, most = _signs(field.minimum, 0), _signs(field.maximum, len(offered))
    if len(kept) < least:
        raise Wrong(f"至少选择{least}项。", f"Choose at least {least}.")
    if len(kept) > most:
        raise Wrong(f"最多选择{most}项。", f"Choose at most {most}.")
    return kept


def region(field: Field, typed: Any) -> str:
    """A division code and, after a blank, the street in words: ``510104 春熙路街道``."""
    code, _blank, street = " ".join(kept(typed).split()).partition(" ")
    code = narrow(code)
    if name_of_division(code) is None:
        raise Wrong("请从列表中选择区（市）县。", "Choose the district or county from the list.")
    if len(street) > 100:
        raise Wrong("街道名称不超过100个字。", "The street has at most 100 signs.")
    return f"{code} {street}".strip()


def resident_id(field: Field, typed: Any, today: date) -> str:
    said = document_number(typed)
    if fault := fault_of_resident_id(said, today):
        raise Wrong(fault.zh, fault.en)
    return said


def credit_code(field: Field, typed: Any) -> str:
    said = document_number(typed)
    if fault := fault_of_credit_code(said):
        raise Wrong(fault.zh, fault.en)
    return said


def phone(field: Field, typed: Any) -> str:
    said = phone_of(typed)
    if said is None:
        fault = fault_of_phone(typed)
        assert fault is not None
        raise Wrong(fault.zh, fault.en)
    return said


def statement(field: Field, typed: Any) -> bool:
    if typed is True or (isinstance(typed, str) and typed.strip().lower() in SIGNED):
        return True
    raise Wrong("请阅读声明并勾选确认。", "Read the statement and tick it to confirm.")


SIGNED: Final = {"on", "true", "1", "yes"}
ON_PAPER: Final = "paper"


def files(field: Field, typed: Any) -> list[Any]:
    """Numbers of uploads, or that the paper itself was brought to the window."""
    given = typed if isinstance(typed, list | tuple) else [typed]
    if ON_PAPER in [one for one in given if isinstance(one, str)]:
        return [ON_PAPER]
    kept: list[int] = []
    for one in given:
        number = whole(narrow(one))
        if number is None:
            raise Wrong("请上传文件。", "Upload the file.")
        if number not in kept:
            kept.append(number)
    most = _signs(field.maximum, 10)
    if len(kept) > most:
        raise Wrong(f"最多上传{most}个文件。请先移除多余的。", f"At most {most} files.")
    least = _signs(field.minimum, 0)
    if len(kept) < least:
        raise Wrong(f"至少上传{least}个文件。", f"At least {least} files.")
    return list(kept)


BY_KIND: Final[dict[FieldKind, Callable[[Field, Any], Any]]] = {
    K.TEXT: text,
    K.LONG_TEXT: text,
    K.ORGANISATION: text,
    K.ADDRESS: text,
    K.NUMBER: number,
    K.MONEY: number,
    K.CHOICE: choice,
    K.CHOICES: choices,
    K.REGION: region,
    K.CREDIT_CODE: credit_code,
    K.PHONE: phone,
    K.STATEMENT: statement,
    K.FILE: files,
    K.TIME: hour,
    K.PLACE: place,
    K.MATRIX: matrix,
    K.RANKING: ranking,
}
BY_DAY: Final[dict[FieldKind, Callable[[Field, Any, date], Any]]] = {
    K.ID_NUMBER: resident_id,
    K.DATE: day,
    K.MONTH: month,
    K.YEAR: year,
    K.DATETIME: moment,
}


def value_of(field: Field, typed: Any, today: date) -> Any:
    """The answer as it is kept. Raises :class:`Wrong`."""
    if field.kind in BY_DAY:
        return BY_DAY[field.kind](field, typed, today)
    return BY_KIND[field.kind](field, typed)


def is_blank(field: Field, typed: Any) -> bool:
    """Nothing was answered: an unticked box, no row, no sign."""
    if field.kind == K.STATEMENT:
        return typed is not True and text_of(typed).lower() in ("", "off", "false", "0", "no")
    if isinstance(typed, Mapping):
        return not any(text_of(one) for one in typed.values())
    if isinstance(typed, list | tuple):
        return not any(one if isinstance(one, dict) else text_of(one) for one in typed)
    return typed is not True and typed is not False and text_of(typed) == ""
