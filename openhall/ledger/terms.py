"""Words of the log."""

from typing import Final

from openhall.glossary import Term


class AlarmState(Term):
    """How an alarm of the log stands."""

    OPEN = "open", "未处理", "Open", "成办发〔2003〕75号 二（三）"
    REPAIRED = "repaired", "已修复", "Repaired", "成办发〔2003〕75号 二（三）"
    KNOWN = (
        "known",
        "无法修复，永久公示",
        "Cannot be repaired, shown for good",
        "成办发〔2003〕75号 二（三）",
    )


class VerificationState(Term):
    """How a verification of the whole log stands."""

    WAITING = "waiting", "等待开始", "Waiting", "成办发〔2003〕75号 二（三）"
    RUNNING = "running", "核验中", "Running", "成办发〔2003〕75号 二（三）"
    SOUND = "sound", "完好", "Sound", "成办发〔2003〕75号 二（三）"
    FAULTY = "faulty", "发现问题", "Faults found", "成办发〔2003〕75号 二（三）"


# Kinds of the entries in which the log speaks of itself.
ALARM = "alarm"
RESOLVED = "alarm_resolved"
DAY = "day"
WITNESS = "witness"
PAGES = "press.day"  # the pages of a day
PAGES_ERASED = "press.erased"
OF_THE_LOG: Final = (ALARM, DAY, RESOLVED, WITNESS, PAGES, PAGES_ERASED)
