"""Questions that many forms ask alike, put in as one: a person, a company, an address, an account.

They become ordinary questions of the form that took them in: changed there, they change nowhere
else, and what was answered under an older form stays readable.
"""

from typing import Final

from openhall.forms.rules.definition import Field
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
PERSON: Final = (
    Field("person", K.SECTION, "人员信息", "Person"),
    Field("person_name", K.TEXT, "姓名", "Name", required=True, pattern="chinese_name"),
    Field("person_number", K.ID_NUMBER, "居民身份证号", "Resident ID number", required=True),
    Field("person_phone", K.PHONE, "联系电话", "Telephone", required=True),
    Field("person_home", K.PLACE, "住址", "Home address"),
)
COMPANY: Final = (
    Field("company", K.SECTION, "单位信息", "Organisation"),
    Field("company_name", K.ORGANISATION, "单位名称", "Name of the organisation", required=True),
    Field("company_code", K.CREDIT_CODE, "统一社会信用代码", "Credit code", required=True),
    Field("company_head", K.TEXT, "法定代表人", "Legal representative", required=True),
    Field("company_seat", K.PLACE, "住所", "Registered address", required=True),
    Field("company_phone", K.PHONE, "联系电话", "Telephone", required=True),
)
ADDRESS: Final = (
    Field("place", K.PLACE, "地址", "Address", required=True),
    Field("place_contact", K.TEXT, "联系人", "Contact"),
    Field("place_phone", K.PHONE, "联系电话", "Telephone"),
)
ACCOUNT: Final = (
    Field("account", K.SECTION, "银行账户", "Bank account"),
    Field("account_holder", K.TEXT, "户名", "Account holder", required=True),
    Field("account_bank", K.ORGANISATION, "开户银行（到支行）", "Bank and branch", required=True),
    Field(
        "account_number",
        K.TEXT,
        "银行账号",
        "Account number",
        required=True,
        pattern="bank_card",
    ),
)
BLOCKS: Final = {
    "person": (Said("人员（姓名、证件、电话、住址）", "Person"), PERSON),
    "company": (Said("单位（名称、代码、法定代表人、住所）", "Organisation"), COMPANY),
    "address": (Said("地址和联系人", "Address and contact"), ADDRESS),
    "account": (Said("银行账户", "Bank account"), ACCOUNT),
}
