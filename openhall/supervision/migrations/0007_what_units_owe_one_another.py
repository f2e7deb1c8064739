"""Rules may look at what units owe one another in a joint matter."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supervision', '0006_weights_and_bonuses_are_dated'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='supervisionrule',
            name='rule_words_are_known',
        ),
        migrations.AlterField(
            model_name='complaint',
            name='breach',
            field=models.CharField(blank=True, choices=[('not_answered', '应受理不受理'), ('not_once', '不一次告知'), ('due_soon', '即将到期'), ('over_promise', '超承诺期限'), ('over_statute', '超法定期限'), ('step_late', '环节超时'), ('delivery_late', '送达超期'), ('report_late', '下级报送超期'), ('no_reasons', '不受理、不批未说明理由'), ('no_opinion', '无审查内容'), ('no_paper', '办结无决定书'), ('not_online', '不按规定网上办理'), ('charging', '擅自收费或不按标准收费'), ('complaint_late', '投诉逾期未处理'), ('bad_rating', '评价不满意'), ('supervised', '监察督办'), ('changed_permit', '擅自改变已生效许可'), ('overturned', '复议撤销或变更'), ('lost_in_court', '行政诉讼败诉'), ('notice_unsigned', '联办通知未签收'), ('opinion_late', '联办意见超期'), ('joint_absent', '联审会议缺席'), ('reasons_late', '未采纳意见未说明理由'), ('forward_late', '联办转报超期'), ('reply_untold', '上级批复告知超期'), ('other', '其他违规')], max_length=20),
        ),
        migrations.AlterField(
            model_name='supervisionrule',
            name='trigger',
            field=models.CharField(choices=[('not_answered', '应受理不受理'), ('not_once', '不一次告知'), ('due_soon', '即将到期'), ('over_promise', '超承诺期限'), ('over_statute', '超法定期限'), ('step_late', '环节超时'), ('delivery_late', '送达超期'), ('report_late', '下级报送超期'), ('no_reasons', '不受理、不批未说明理由'), ('no_opinion', '无审查内容'), ('no_paper', '办结无决定书'), ('not_online', '不按规定网上办理'), ('charging', '擅自收费或不按标准收费'), ('complaint_late', '投诉逾期未处理'), ('bad_rating', '评价不满意'), ('supervised', '监察督办'), ('changed_permit', '擅自改变已生效许可'), ('overturned', '复议撤销或变更'), ('lost_in_court', '行政诉讼败诉'), ('notice_unsigned', '联办通知未签收'), ('opinion_late', '联办意见超期'), ('joint_absent', '联审会议缺席'), ('reasons_late', '未采纳意见未说明理由'), ('forward_late', '联办转报超期'), ('reply_untold', '上级批复告知超期'), ('other', '其他违规')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='supervisionrule',
            constraint=models.CheckConstraint(condition=models.Q(('trigger__in', ['not_answered', 'not_once', 'due_soon', 'over_promise', 'over_statute', 'step_late', 'delivery_late', 'report_late', 'no_reasons', 'no_opinion', 'no_paper', 'not_online', 'charging', 'complaint_late', 'bad_rating', 'supervised', 'changed_permit', 'overturned', 'lost_in_court', 'notice_unsigned', 'opinion_late', 'joint_absent', 'reasons_late', 'forward_late', 'reply_untold', 'other']), ('signal__in', ['pre_warning', 'yellow', 'red'])), name='rule_words_are_known'),
        ),
    ]
