"""The table of the procedure written down a second time, by hand: a line struck out is noticed.

Each stage with the acts that leave it where it is, and those that lead on. The statute names the
steps; whoever changes the table changes it here too, and says why in the commit.
"""

import pytest

from openhall.cases.rules import lifecycle
from openhall.cases.rules.lifecycle import NotInTheTable, acts_at, lead
from openhall.cases.terms import Act, Stage

AT_WORK = "suspend resume ask_extension extend refuse_extension opine recalendar"
STAYS = {
    None: "",
    "submitted": "correct recalendar",
    "supplement_asked": "",
    "supplemented": "allow_again correct",
    "accepted": "recalendar",
    "handling": f"{AT_WORK} tell_hearing ask_hearing call_hearing hold_hearing site_check consult"
    " reassign finish_step return_step",
    "forwarded": "opine recalendar",
    "reviewed": AT_WORK,
    "granted": "bill settle recalendar",
    "issued": "recalendar",
    "refused": "recalendar",
}
LEADS_ON = {
    None: "submit:submitted",
    "submitted": "accept:accepted deem_accepted:accepted ask_for_supplement:supplement_asked"
    " decline:declined withdraw:withdrawn accept_at_once:reviewed",
    "supplement_asked": "supplement:supplemented lapse:lapsed withdraw:withdrawn",
    "supplemented": "accept:accepted ask_again:supplement_asked decline:declined"
    " withdraw:withdrawn accept_at_once:reviewed",
    "accepted": "hand_over:handling withdraw:withdrawn",
    "handling": "review:reviewed forward:forwarded withdraw:withdrawn",
    "forwarded": "reply:handling withdraw:withdrawn",
    "reviewed": "send_back:handling send_back:accepted decide:granted decide:refused"
    " withdraw:withdrawn",
    "granted": "issue:issued",
    "issued": "deliver:delivered",
    "refused": "deliver:delivered",
}


def said(stage: str | None) -> set[tuple[str, str]]:
    """Pairs of act and where it leads, as written above."""
    stays = {(act, stage or "") for act in STAYS[stage].split()}
    pairs = (pair.split(":") for pair in LEADS_ON[stage].split())
    return stays | {(act, to) for act, to in pairs}


@pytest.mark.parametrize("stage", STAYS)
def test_a_stage_has_exactly_these_acts_and_they_lead_exactly_there(stage):
    at = Stage(stage) if stage else None
    found = {(act.value, to.value) for act in acts_at(at) for to in lifecycle.TABLE[at, act]}
    assert found == said(stage)


def test_every_other_stage_is_an_end():
    ends = {"delivered", "declined", "withdrawn", "lapsed"}
    assert {stage.value for stage in lifecycle.ENDED} == ends
    assert {stage.value for stage in Stage} == ends | {stage for stage in STAYS if stage}


def test_a_refusal_says_what_may_be_done_instead_or_that_nothing_may():
    with pytest.raises(NotInTheTable) as refused:
        lead(Stage.ISSUED, Act.ACCEPT)
    assert str(refused.value).endswith(f"现在可以：{Act.DELIVER.zh}、{Act.RECALENDAR.zh}。")
    with pytest.raises(NotInTheTable) as ended:
        lead(Stage.LAPSED, Act.ACCEPT)
    assert str(ended.value).endswith("现在可以：无。")
    with pytest.raises(NotInTheTable) as before:
        lead(None, Act.ACCEPT)
    assert str(before.value).startswith("“尚未提交”")


def test_where_an_act_can_lead_to_two_stages_the_one_meant_is_taken():
    assert lead(Stage.REVIEWED, Act.DECIDE, Stage.REFUSED) == Stage.REFUSED
    assert lead(Stage.REVIEWED, Act.DECIDE, Stage.GRANTED) == Stage.GRANTED
    assert lead(Stage.ACCEPTED, Act.HAND_OVER) == Stage.HANDLING
    with pytest.raises(NotInTheTable):
        lead(Stage.ACCEPTED, Act.HAND_OVER, Stage.GRANTED)
