"""Words of a form: the kinds of question it can ask. A11."""

from openhall.glossary import Term


class FieldKind(Term):
    """The kinds of question a form can ask."""

    TEXT = "text", "单行文本", "Text", ""
    LONG_TEXT = "long_text", "多行文本", "Long text", ""
    NUMBER = "number", "数字", "Number", ""
    MONEY = "money", "金额（元）", "Money (yuan)", ""
    DATE = "date", "日期", "Date", ""
    CHOICE = "choice", "单选", "One choice", ""
    CHOICES = "choices", "多选", "Several choices", ""
    REGION = "region", "行政区划", "Region", ""
    ORGANISATION = "organisation", "单位名称", "Organisation", ""
    ID_NUMBER = "id_number", "居民身份证号", "Resident ID number", "GB 11643-1999"
    CREDIT_CODE = "credit_code", "统一社会信用代码", "Unified social credit code", "GB 32100-2015"
    PHONE = "phone", "联系电话", "Telephone", ""
    ADDRESS = "address", "地址", "Address", ""
    TABLE = "table", "多行表格", "Table of rows", ""
    FILE = "file", "附件", "File", ""
    STATEMENT = "statement", "声明签署", "Signed statement", ""
    COMPUTED = "computed", "自动计算", "Computed value", ""
