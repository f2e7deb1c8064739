"""What people write themselves is masked where a number or a name stands in it."""

import pytest

from openhall.vault.rules.masks import mask_answer, mask_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("51010519790809015742", "510***************42"),
        ("6217001234567890123，建设银行青羊支行", "621**************23，建设银行青羊支行"),
        ("电话13800001234，白天", "电话138****1234，白天"),
        ("11010519491231002X", "110*************2X"),
        ("成都市青羊区文殊院街8号2栋301室", "成都市青羊区文殊院街8号2栋301室"),
        ("2026年11月30日，面积1234567890平方米", "2026年11月30日，面积1234567890平方米"),
        ("1. Name: 李明; Employer: 某事务所.", "1. Name: 李*; Employer: 某事务所."),
        ("1. 姓名：欧阳小明；单位：某事务所。", "1. 姓名：欧***；单位：某事务所。"),
        ("AB12345678901234", "AB12345678901234"),
    ],
)
def test_numbers_and_names_in_free_text(written, shown):
    assert mask_text(written) == shown


def test_an_answer_to_a_question_for_a_name():
    assert mask_answer("残疾人姓名", "王芳") == "王*"
    assert mask_answer("Name of the agent", "欧阳芳") == "欧**"
    assert mask_answer("社团名称", "成都市读书会") == "成都市读书会"
    assert mask_answer("与申请人的关系", "母亲") == "母亲"
