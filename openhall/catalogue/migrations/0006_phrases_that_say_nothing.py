"""The placeholder phrases a guide may not be made of; the Legal Affairs Office edits them.

After the defects named by the inspections of government websites (norms 1.3); a city adds its own.
"""

from datetime import datetime, timezone

from django.db import migrations

PHRASES = (
    "待定",
    "另定",
    "待补充",
    "待完善",
    "待更新",
    "待公布",
    "另行通知",
    "另行公布",
    "另行规定",
    "视情况",
    "视情况而定",
    "视具体情况而定",
    "根据实际情况",
    "以实际为准",
    "以窗口答复为准",
    "以工作人员告知为准",
    "以通知为准",
    "以相关规定为准",
    "详见附件",
    "详见",
    "见附件",
    "见附表",
    "附后",
    "见相关文件",
    "详见办事指南",
    "详见网站",
    "参见相关规定",
    "按规定执行",
    "按规定办理",
    "按照规定执行",
    "按有关规定",
    "按有关规定执行",
    "按有关规定办理",
    "按相关规定执行",
    "按照相关规定办理",
    "依法办理",
    "依照法律法规规定",
    "法律法规规定的条件",
    "符合条件",
    "符合规定",
    "符合相关条件",
    "符合法定条件",
    "符合法律法规规定的条件",
    "具备相应条件",
    "满足条件即可",
    "其他",
    "其他材料",
    "其他相关材料",
    "其他有关材料",
    "其他需要提交的材料",
    "其他证明材料",
    "相关材料",
    "有关证明材料",
    "根据法律法规需提交的其他材料",
    "法律法规规定的其他材料",
    "法律、法规规定的其他材料",
    "窗口要求的其他材料",
    "审批机关认为需要的其他材料",
    "无特殊要求",
    "无要求",
    "暂无",
    "暂无内容",
    "暂不公开",
    "同上",
    "略",
    "请咨询窗口",
    "请电话咨询",
    "工作日",
    "正常上班时间",
    "测试",
)
SINCE = datetime(2026, 11, 25, tzinfo=timezone.utc)


def seed(apps, schema_editor):
    phrase = apps.get_model("catalogue", "HollowPhrase")
    phrase.objects.bulk_create(
        [phrase(phrase=words, added_at=SINCE, reason="随系统预置（国办函〔2016〕108号）") for words in PHRASES]
    )


def clear(apps, schema_editor):
    apps.get_model("catalogue", "HollowPhrase").objects.filter(added_by=None).delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_the_list_and_its_versions")]
    operations = [migrations.RunPython(seed, clear)]
