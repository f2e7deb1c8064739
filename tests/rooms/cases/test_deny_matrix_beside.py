"""Deny unless allowed, for what stands beside the straight way: hearing, consultation, the
superior, extension, notes, limited numbers, instant items, and a permit after its issue.

Role × act × case; each refusal is compared word for word, and leaves no trace.
"""

from datetime import date
from functools import partial

import pytest

from openhall.cases import actions
from openhall.cases.models import Consultation
from openhall.cases.terms import Channel, ConsultedOpinion, Opinion, Outcome, SuspensionGround
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.permits.actions import bar
from openhall.permits.actions import permits as licensing
from openhall.permits.models import Licence
from openhall.permits.terms import BanGround, CancellationGround, RequestKind, RevocationGround
from tests.factories.cases import WANG
from tests.rooms.cases.hands import NOBODY, second, somebody, trace

pytestmark = pytest.mark.any_database

WHY = "经调查核实，事实清楚，证据充分。"
REMEDY = "可在60日内申请行政复议，或在6个月内提起行政诉讼。"
MINUTES = "申请人陈述活动安排，相邻业主提出限制时间，双方同意晚九点前结束。"
HANDLER_ONLY = "只有本件的承办人可以"
LICENCE_ENDS = "只有作出决定的机关的批准人可以撤销或者注销许可（行政许可法 69、70）。"
HOLDER_ASKS = "只有被许可人本人，或窗口代为录入，可以申请。"
DECIDER_ANSWERS = "只有本单位的批准人可以决定许可的变更和延续。"
ACCEPTS = "只有本单位窗口的在岗人员可以受理（接办件分离，成办发〔2003〕75号）。"

# act: (desks of the case's own organ that may, whether the applicant may, what the others are told)
MATRIX = {
    "accept_at_once": ({Desk.WINDOW}, False, ACCEPTS),
    "decide_at_once": (
        {Desk.DECIDER},
        False,
        "只有未受理、未承办本件的批准人可以作出决定（接办件分离，成办发〔2003〕75号）。",
    ),
    "allow_again": (
        {Desk.HEAD},
        False,
        "只有本机关负责人（且不在窗口任职）可以准许再次告知补正（行政许可法 32（4））。",
    ),
    "ask_again": (
        {Desk.WINDOW},
        False,
        "只有本单位窗口的在岗人员可以告知补正（接办件分离，成办发〔2003〕75号）。",
    ),
    "resume": (set(), False, HANDLER_ONLY + "恢复计时。"),
    "refuse_extension": (
        {Desk.HEAD},
        False,
        "只有本机关负责人可以批准延长期限（行政许可法 42）。请报本机关负责人。",
    ),
    "ask_hearing": (
        {Desk.WINDOW},
        True,
        "只有申请人本人，或窗口代申请人、利害关系人录入，可以申请听证。",
    ),
    "call_hearing": (set(), False, HANDLER_ONLY + "通知听证。"),
    "hold_hearing": (set(), False, HANDLER_ONLY + "记录听证笔录。"),
    "reply": (set(), False, HANDLER_ONLY + "记录上级批复。"),
    "opine": (set(), False, "只有被征求意见单位的承办、批准人员可以反馈意见。"),
    "note": (
        {Desk.WINDOW, Desk.DECIDER, Desk.HEAD},
        False,
        "只有本件所在单位的在岗人员可以写内部记事。",
    ),
    "set_quota": (
        {Desk.DECIDER, Desk.HEAD},
        False,
        "只有本单位的批准人或负责人可以公布数量限制（行政许可法 57）。",
    ),
    "bar": (
        {Desk.DECIDER},
        False,
        "只有本单位的批准人可以决定不得再次申请（行政许可法 78、79）。",
    ),
    "ask_change": ({Desk.WINDOW}, True, HOLDER_ASKS),
    "ask_renewal": ({Desk.WINDOW}, True, HOLDER_ASKS),
    "change": ({Desk.DECIDER}, False, DECIDER_ANSWERS),
    "renew": ({Desk.DECIDER}, False, DECIDER_ANSWERS),
    "revoke": ({Desk.DECIDER}, False, LICENCE_ENDS),
    "cancel": ({Desk.DECIDER}, False, LICENCE_ENDS),
}
HANDLERS = [act for act, (_desks, _own, said) in MATRIX.items() if said.startswith(HANDLER_ONLY)]
INSTANT = {"accept_at_once", "decide_at_once"}
ON_PERMITS = {"ask_change", "ask_renewal", "change", "renew", "revoke", "cancel"}


class Brought:
    """One case brought by its proper hands to where ``act`` may be tried, from 4 March 2024."""

    def __init__(self, act, cast, doing, applicant=None):
        self.act, self.cast, self.doing = act, cast, doing
        if act in INSTANT:
            cast.version.project_type = "1"
        if act in ON_PERMITS:
            cast.version.result_kind, cast.version.result_validity = "1", "1年"
        cast.version.save()
        applied = doing(applicant or cast.wang_fang, "2024-03-04 09:00")
        self.pk = actions.submit(cast.item.code, WANG, {}, Channel.ONLINE, applied).pk
        if act == "decide_at_once":
            actions.accept_at_once(self.pk, doing(cast.li_chuang, "2024-03-05 09:00"))
        elif act in ("allow_again", "ask_again"):
            point = actions.Point("名称与已登记社团相同，请更换。", field="name")
            asked = doing(cast.li_chuang, "2024-03-05 09:00")
            actions.ask_for_supplement(self.pk, [point], asked)
            answered = doing(applicant or cast.wang_fang, "2024-03-05 10:00")
            actions.supplement(self.pk, {"name": "锦官读书会"}, answered)
            if act == "ask_again":
                head = somebody(Desk.HEAD, cast, "permits")
                actions.allow_again(self.pk, WHY, doing(head, "2024-03-05 11:00"))
        elif act not in INSTANT:
            actions.accept(self.pk, doing(cast.li_chuang, "2024-03-05 09:00"))
            actions.hand_over(
                self.pk, cast.zhao_cheng, [], doing(cast.li_chuang, "2024-03-05 09:30")
            )
            self._prepare(applicant)

    def _prepare(self, applicant):
        pk, cast, doing = self.pk, self.cast, self.doing
        handler = partial(doing, cast.zhao_cheng)
        if self.act in ("call_hearing", "hold_hearing", "ask_hearing"):
            actions.tell_hearing(pk, WHY, handler("2024-03-05 10:00"))
        if self.act in ("call_hearing", "hold_hearing"):
            by = doing(cast.li_chuang, "2024-03-05 11:00")
            actions.ask_hearing(pk, "王芳", by)
        if self.act == "hold_hearing":
            host = (date(2024, 3, 18), "三楼会议室", cast.sun_pi)
            actions.call_hearing(pk, *host, handler("2024-03-06 09:00"))
        if self.act == "resume":
            ground = (SuspensionGround.TESTING, "行政许可法 45", 2, "特1号")
            actions.suspend(pk, *ground, handler("2024-03-06 09:00"))
        if self.act == "refuse_extension":
            actions.ask_extension(pk, 5, WHY, handler("2024-03-06 09:00"))
        if self.act == "reply":
            actions.forward(pk, "四川省民政厅", WHY, handler("2024-03-06 09:00"))
        if self.act == "opine":
            water = Organ.objects.get(code="cd-water")
            actions.consult(pk, water, WHY, date(2024, 3, 30), handler("2024-03-06 09:00"))
        if self.act in ON_PERMITS or self.act == "bar":
            self._decided(applicant)

    def _decided(self, applicant):
        pk, cast, doing = self.pk, self.cast, self.doing
        actions.review(pk, Opinion.GRANT, "已审查。", doing(cast.zhao_cheng, "2024-03-06 09:00"))
        outcome = Outcome.REFUSED if self.act == "bar" else Outcome.GRANTED
        why = ("申请材料虚假。", REMEDY) if self.act == "bar" else ("", "")
        actions.decide(pk, outcome, *why, doing(cast.sun_pi, "2024-03-06 10:00"))
        if self.act == "bar":
            return
        actions.issue(pk, doing(cast.li_chuang, "2024-03-06 11:00"))
        asked = {"change": RequestKind.CHANGE, "renew": RequestKind.RENEWAL}.get(self.act)
        if asked is not None:
            holder = doing(applicant or cast.wang_fang, "2024-03-06 15:00")
            licensing.ask(self.licence, asked, "住所由一路1号变更为二路2号。", holder)

    @property
    def licence(self):
        return Licence.objects.get(case=self.pk).pk

    def try_as(self, account, moment="2024-03-18 09:00"):
        """The act as ``account`` would do it."""
        pk, act, done = self.pk, self.act, self.doing(account, moment)
        if act in ON_PERMITS:
            return self._try_on_permit(done)
        year = (self.cast.item, date(2024, 1, 1), date(2024, 12, 31), 30, "市政府公告")
        return {
            "accept_at_once": lambda: actions.accept_at_once(pk, done),
            "decide_at_once": lambda: actions.decide_at_once(pk, Outcome.GRANTED, "", "", done),
            "allow_again": lambda: actions.allow_again(pk, WHY, done),
            "ask_again": lambda: actions.ask_again(
                pk, [actions.Point("章程草案缺少签字页，请补齐。", material="charter")], done
            ),
            "resume": lambda: actions.resume(pk, done),
            "refuse_extension": lambda: actions.refuse_extension(pk, WHY, done),
            "ask_hearing": lambda: actions.ask_hearing(pk, "王芳", done),
            "call_hearing": lambda: actions.call_hearing(
                pk, date(2024, 3, 28), "三楼会议室", self.cast.sun_pi, done
            ),
            "hold_hearing": lambda: actions.hold_hearing(pk, MINUTES, done),
            "reply": lambda: actions.reply(pk, WHY, done),
            "opine": lambda: actions.opine(
                Consultation.objects.get(case=pk).pk, ConsultedOpinion.AGREE, "", done
            ),
            "note": lambda: actions.note(pk, "请注意核对场地。", done),
            "set_quota": lambda: actions.set_quota(*year, done),
            "bar": lambda: bar(pk, BanGround.FALSE_MATERIALS, WHY, done),
        }[act]()

    def _try_on_permit(self, done):
        change = "住所由一路1号变更为三路3号。"
        return {
            "ask_change": lambda: licensing.ask(self.licence, RequestKind.CHANGE, change, done),
            "ask_renewal": lambda: licensing.ask(self.licence, RequestKind.RENEWAL, "", done),
            "change": lambda: licensing.answer(self.licence, True, "", done),
            "renew": lambda: licensing.answer(self.licence, True, "", done),
            "revoke": lambda: licensing.revoke(
                self.licence, RevocationGround.UNQUALIFIED, WHY, done
            ),
            "cancel": lambda: licensing.cancel(
                self.licence, CancellationGround.DISSOLVED, WHY, done
            ),
        }[self.act]()


def refused(brought, account, *, moment="2024-03-18 09:00"):
    """What ``account`` is told; nothing may be left behind."""
    before = trace()
    with pytest.raises(Refused) as error:
        brought.try_as(account, moment)
    assert trace() == before, (brought.act, account)
    return str(error.value)


def moment_of(act):
    return "2024-03-11 09:00" if act in ("ask_hearing", "call_hearing") else "2024-03-18 09:00"


@pytest.mark.parametrize("act", MATRIX)
def test_everybody_else_is_refused_in_these_words(cast, doing, act):
    allowed, applicant_may, said = MATRIX[act]
    brought, moment = Brought(act, cast, doing), moment_of(act)
    for who in (*Desk, *NOBODY):
        if who in allowed or (who == "applicant" and applicant_may):
            continue
        if act == "opine" and who == "other_organ":
            continue  # that is the unit that was asked
        assert refused(brought, somebody(who, cast), moment=moment) == said, (act, who)


@pytest.mark.parametrize(
    ("act", "desk"), [(act, desk) for act, row in MATRIX.items() for desk in sorted(row[0])]
)
def test_the_named_desk_may(cast, doing, act, desk):
    brought, before = Brought(act, cast, doing), trace()
    brought.try_as(somebody(desk, cast), moment_of(act))
    assert trace() != before


@pytest.mark.parametrize("act", [act for act, row in MATRIX.items() if row[1]])
def test_the_applicant_may_ask(cast, doing, act):
    brought, before = Brought(act, cast, doing), trace()
    brought.try_as(cast.wang_fang, moment_of(act))
    assert trace() != before


@pytest.mark.parametrize("act", HANDLERS)
def test_the_named_handler_may_and_who_stands_in_only_while_he_is_away(cast, doing, act):
    brought, colleague = Brought(act, cast, doing), second(cast)
    assert refused(brought, colleague, moment=moment_of(act)) == MATRIX[act][2]
    days = (date(2024, 3, 11), date(2024, 3, 18), "年休假")
    named = doing(cast.sun_pi, "2024-03-07 09:00")
    actions.set_stand_in(cast.zhao_cheng, colleague, cast.organ, Desk.HANDLER, *days, named)
    late = "2024-03-19 09:00"
    assert refused(brought, colleague, moment=late) == MATRIX[act][2]
    before = trace()
    brought.try_as(colleague, moment_of(act))
    assert trace() != before


@pytest.mark.parametrize("desk", [Desk.HANDLER, Desk.DECIDER, Desk.HEAD])
def test_the_unit_that_was_asked_answers_for_itself(cast, doing, desk):
    brought = Brought("opine", cast, doing)
    adviser = Account.objects.create_user(username="adviser")
    appoint(adviser, Organ.objects.get(code="cd-water"), desk, date(2003, 1, 1))
    brought.try_as(adviser)
    assert Consultation.objects.get().answered_by == adviser


@pytest.mark.parametrize(
    "desk", [desk for desk in Desk if desk.value not in ("handler", "decider", "head")]
)
def test_another_desk_of_the_unit_that_was_asked_does_not(cast, doing, desk):
    brought = Brought("opine", cast, doing)
    other = Account.objects.create_user(username="other")
    appoint(other, Organ.objects.get(code="cd-water"), desk, date(2003, 1, 1))
    assert refused(brought, other) == MATRIX["opine"][2]


OWN = [
    (act, desk)
    for act, (desks, applicant_may, _said) in MATRIX.items()
    for desk in sorted(desks)
    if not applicant_may and act != "set_quota"
]


@pytest.mark.parametrize(("act", "desk"), OWN)
def test_nobody_acts_on_the_case_they_applied_for(cast, doing, act, desk):
    """An official is a resident too; their own application goes through colleagues' hands."""
    official = somebody(desk, cast)
    brought = Brought(act, cast, doing, applicant=official)
    assert refused(brought, official) == MATRIX[act][2]


def test_the_unit_s_answer_is_not_given_by_the_applicant(cast, doing):
    adviser = Account.objects.create_user(username="adviser")
    appoint(adviser, Organ.objects.get(code="cd-water"), Desk.HANDLER, date(2003, 1, 1))
    brought = Brought("opine", cast, doing, applicant=adviser)
    assert refused(brought, adviser) == MATRIX["opine"][2]


def test_who_accepted_at_once_does_not_decide(cast, doing):
    brought = Brought("decide_at_once", cast, doing)
    appoint(cast.li_chuang, cast.organ, Desk.DECIDER, date(2003, 1, 1))
    assert refused(brought, cast.li_chuang) == MATRIX["decide_at_once"][2]


def test_who_took_a_request_in_does_not_answer_it(cast, doing):
    brought = Brought("ask_change", cast, doing)
    brought.try_as(cast.li_chuang)
    appoint(cast.li_chuang, cast.organ, Desk.DECIDER, date(2003, 1, 1))
    brought.act = "change"
    assert refused(brought, cast.li_chuang) == (
        "受理人不得决定同一申请（接办件分离，成办发〔2003〕75号）。请由另一位批准人决定。"
    )
