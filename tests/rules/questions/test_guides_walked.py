"""B7: a guide the checker accepts never strands a walker; a broken one never passes."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from openhall.questions.rules.checking import check
from openhall.questions.rules.content import Condition, Content, Rule, parse, written
from openhall.questions.rules.walking import holds, paths, walk
from openhall.questions.terms import FaultKind
from tests.rules.questions.guides import answer_to, guides

MANY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
DISTINCT = {FaultKind.CONTRADICTION, FaultKind.SHADOWED, FaultKind.UNREACHABLE}


def mended(content: Content) -> Content:
    """The guide without what the checker found nobody reaches; so most become acceptable."""
    for _round in range(12):
        faults = check(content)
        gone = {fault.node for fault in faults if fault.kind == FaultKind.UNREACHABLE}
        dead = {(f.node, f.part) for f in faults if f.kind in DISTINCT and f.part}
        if not gone and not dead:
            return content
        content = Content(
            tuple(
                replace(
                    one,
                    rules=tuple(
                        rule
                        for n, rule in enumerate(one.rules, start=1)
                        if (one.key, f"rule:{n}") not in dead
                    ),
                )
                for one in content.questions
                if one.key not in gone
            ),
            tuple(one for one in content.results if one.key not in gone),
        )
    return content


def accepted(content: Content) -> Content:
    content = mended(content)
    assume(check(content) == [])
    return content


@MANY
@given(guides(), st.data())
def test_an_accepted_guide_never_strands_a_walker(content, data):
    content = accepted(content)
    answers = {one.key: data.draw(answer_to(one)) for one in content.questions}
    step = walk(content, answers)
    assert step.result in {one.key for one in content.results}
    assert (step.stuck, step.question) == ("", "")
    assert len(set(step.asked)) == len(step.asked)


@MANY
@given(guides(), st.data())
def test_a_walker_who_answers_one_question_at_a_time_is_asked_each_once(content, data):
    content = accepted(content)
    answers = {}
    while key := walk(content, answers).question:
        assert key not in answers
        answers[key] = data.draw(answer_to(content.question(key)))
    assert walk(content, answers).result


@MANY
@given(guides())
def test_every_listed_path_is_walkable_and_every_result_has_one(content):
    content = accepted(content)
    ways = paths(content)
    for way in ways:
        assert walk(content, way.answers()).result == way.result
    assert {way.result for way in ways} == {one.key for one in content.results}
    assert {k.question for way in ways for k in way.kinds} == {q.key for q in content.questions}


@MANY
@given(guides(), st.data())
def test_every_walker_goes_one_of_the_listed_paths(content, data):
    content = accepted(content)
    answers = {one.key: data.draw(answer_to(one)) for one in content.questions}
    step = walk(content, answers)
    conditions = list(content.conditions())

    def alike(kind) -> bool:
        mine = [one for one in conditions if one.question == kind.question]
        said, example = {kind.question: answers[kind.question]}, {kind.question: kind.example}
        return all(holds(one, said) == holds(one, example) for one in mine)

    mine = [
        way
        for way in paths(content)
        if tuple(kind.question for kind in way.kinds) == step.asked
        and all(alike(kind) for kind in way.kinds)
    ]
    assert {way.result for way in mine} == {step.result}


@MANY
@given(guides(), st.data())
def test_a_removed_edge_is_refused(content, data):
    content = accepted(content)
    place = data.draw(st.integers(0, len(content.questions) - 1))
    question = content.questions[place]
    edges = ["otherwise", *range(len(question.rules))]
    edge = data.draw(st.sampled_from(edges))
    if edge == "otherwise":
        broken, wanted = replace(question, otherwise=""), (FaultKind.NO_OTHERWISE, "otherwise")
    else:
        rules = list(question.rules)
        rules[edge] = replace(rules[edge], to="")
        broken, wanted = (
            replace(question, rules=tuple(rules)),
            (FaultKind.DEAD_END, f"rule:{edge + 1}"),
        )
    changed = [*content.questions[:place], broken, *content.questions[place + 1 :]]
    faults = check(replace(content, questions=tuple(changed)))
    assert (wanted[0], question.key, wanted[1]) in {(f.kind, f.node, f.part) for f in faults}


@MANY
@given(guides(), st.data())
def test_an_added_way_back_is_refused(content, data):
    content = accepted(content)
    way = data.draw(st.sampled_from(paths(content)))
    asked = [kind.question for kind in way.kinds]
    at = data.draw(st.integers(0, len(asked) - 1))
    back = data.draw(st.sampled_from(asked[: at + 1]))
    changed = tuple(
        replace(one, otherwise=back) if one.key == asked[at] else one for one in content.questions
    )
    kinds = {fault.kind for fault in check(replace(content, questions=changed))}
    assert FaultKind.LOOP in kinds


@MANY
@given(guides(), st.data())
def test_an_added_contradiction_is_refused(content, data):
    content = accepted(content)
    question = data.draw(st.sampled_from(content.questions))
    never = Rule((Condition("nobody asks this", ("yes",)),), content.results[0].key)
    changed = tuple(
        replace(one, rules=(*one.rules, never)) if one.key == question.key else one
        for one in content.questions
    )
    part = f"rule:{len(question.rules) + 1}"
    faults = check(replace(content, questions=changed))
    found = {(fault.kind, fault.node, fault.part) for fault in faults}
    assert {(FaultKind.UNKNOWN, question.key, part)} <= found
    assert {(FaultKind.CONTRADICTION, question.key, part)} <= found


@MANY
@given(guides())
def test_any_guide_is_judged_without_failing_and_read_back_the_same(content):
    check(content)
    assert parse(written(content)) == content
