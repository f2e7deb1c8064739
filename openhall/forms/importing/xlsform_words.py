"""Types and columns of an XLSForm: what each is here, what is not taken, what needs no question."""

from typing import Final

from openhall.forms.terms import FieldKind

K = FieldKind
POINT: Final = (
    "填写经度和纬度，如104.0657, 30.6595。",
    "Longitude and latitude: 104.0657, 30.6595.",
)
POINTS: Final = ("一行一个点：经度, 纬度。", "One point a line: longitude, latitude.")
TOLD: Final = ("用文字说明。", "Say it in words.")
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
    "phonenumber": K.PHONE,
    "geopoint": K.TEXT,
    "gps": K.TEXT,
    "location": K.TEXT,
    "geotrace": K.LONG_TEXT,
    "geoshape": K.LONG_TEXT,
    "audio": K.LONG_TEXT,
    "video": K.LONG_TEXT,
    "osm": K.TEXT,
}
# What a page cannot record is asked in words: the kind of recording, and how it is asked for.
IN_WORDS: Final = {
    "geopoint": ("地图上的点", "a point on a map", POINT),
    "gps": ("地图上的点", "a point on a map", POINT),
    "location": ("地图上的点", "a point on a map", POINT),
    "geotrace": ("地图上的线", "a line on a map", POINTS),
    "geoshape": ("地图上的面", "an area on a map", POINTS),
    "audio": ("录音", "a sound recording", TOLD),
    "video": ("录像", "a film", TOLD),
    "osm": ("地图标注", "a map tag", ("写明名称和位置。", "Name it and say where it is.")),
}
FROM_FILE: Final = (
    *("select_one_from_file", "select_multiple_from_file", "rank_from_file"),
    *("select_one_external", "select_multiple_external"),
)
NOT_TAKEN: Final = {
    "include": ("另一文件里的题目，请单独导入", "questions of another file, to be imported alone"),
    "start-geopoint": ("设备位置", "the place of the device"),
    "background-audio": ("后台录音", "sound recorded unseen"),
    "background-geopoint": ("设备位置", "the place of the device"),
    "xml-external": ("外部数据文件", "an external data file"),
    "csv-external": ("外部数据文件", "an external data file"),
}
"""What is no question to anybody: told, and left out."""
DECORATION: Final = ("image", "audio", "video", "media", "big-image", "autoplay")
"""What stands beside the words of a question: told, and left out; the words stay."""
ALIASES: Final = {
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::required": "required",
    "bind::readonly": "readonly",
    "bind::calculate": "calculation",
    "bind::jr::constraintmsg": "constraint_message",
    "bind::jr::requiredmsg": "required_message",
    "bind::type": "type",
    "body::appearance": "appearance",
    "control::appearance": "appearance",
    "requiredmsg": "required_message",
    "required message": "required_message",
    "constraint message": "constraint_message",
    "constraintmsg": "constraint_message",
    "repeat count": "repeat_count",
    "jr::count": "repeat_count",
    "choice filter": "choice_filter",
    "read only": "read_only",
    "guidance hint": "guidance_hint",
    "caption": "label",
    "command": "type",
}
"""Older and technical names of columns."""
TECHNICAL: Final = (
    "bind",
    "body",
    "control",
    "instance",
    "noapperrorstring",
    "buttontext",
    "trigger",
)
"""Columns for the programme that shows the form: nobody who fills it in sees them."""
OF_DEVICE: Final = (
    *("start", "end", "deviceid", "username", "phonenumber", "simserial", "subscriberid", "email"),
    *("audit", "instanceid", "start-time", "end-time", "device-id", "phone-number", "uri:deviceid"),
    *("uri:username", "uri:phonenumber", "uri:email", "uri:simserial", "uri:subscriberid"),
)
USED: Final = {
    *("type", "name", "label", "hint", "guidance_hint", "required", "required_message"),
    *("relevant", "constraint", "constraint_message", "calculation", "choice_filter", "appearance"),
    *("read_only", "readonly", "default", "repeat_count", "parameters", "relevance", "calculate"),
    *("note", "disabled", "comment", "comments", "notes", "list_name", "list name", "list"),
    *(
        "rows",
        "order",
        "id",
        "kuid",
        "$kuid",
        "tags",
        "section",
        "number",
        "save_to",
        "count",
        "node",
    ),
}
