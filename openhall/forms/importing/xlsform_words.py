"""Types and columns of an XLSForm: what each is here, what is not taken, what needs no question."""

from typing import Final

from openhall.forms.terms import FieldKind

K = FieldKind
KINDS: Final[dict[str, FieldKind]] = {
    "text": K.TEXT,
    "string": K.TEXT,
    "integer": K.NUMBER,
    "int": K.NUMBER,
    "decimal": K.NUMBER,
    "range": K.NUMBER,
    "note": K.NOTE,
    "date": K.DATE,
    "time": K.TIME,
    "datetime": K.DATETIME,
    "image": K.FILE,
    "photo": K.FILE,
    "file": K.FILE,
    "barcode": K.TEXT,
    "calculate": K.COMPUTED,
    "acknowledge": K.STATEMENT,
    "trigger": K.STATEMENT,
    "hidden": K.TEXT,
}
NOT_TAKEN: Final = {
    "geopoint": ("地图上的点", "a point on a map"),
    "geotrace": ("地图上的线", "a line on a map"),
    "geoshape": ("地图上的面", "an area on a map"),
    "start-geopoint": ("设备位置", "the place of the device"),
    "audio": ("录音", "a sound recording"),
    "video": ("录像", "a film"),
    "background-audio": ("后台录音", "sound recorded unseen"),
    "osm": ("地图标注", "a map tag"),
    "xml-external": ("外部数据文件", "an external data file"),
    "csv-external": ("外部数据文件", "an external data file"),
}
OF_DEVICE: Final = (
    *("start", "end", "deviceid", "username", "phonenumber", "simserial", "subscriberid", "email"),
    *("audit", "instanceid", "start-time", "end-time"),
)
USED: Final = {
    *("type", "name", "label", "hint", "guidance_hint", "required", "required_message"),
    *("relevant", "constraint", "constraint_message", "calculation", "choice_filter", "appearance"),
    *("read_only", "readonly", "default", "repeat_count", "parameters", "relevance", "calculate"),
    *("note", "disabled", "comment", "comments", "notes", "list_name", "list name", "list"),
    *("rows", "order", "id", "kuid", "$kuid", "caption", "tags", "section", "number"),
}
