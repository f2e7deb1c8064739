"""Question guides for the tests: one written by hand, and any number made at random.

A random guide may be anything: loops, dead ends, rules nobody reaches. The checker judges them.
"""

from hypothesis import strategies as st

from openhall.questions.rules.content import (
    Condition,
    Content,
    ItemLine,
    MaterialLine,
    Option,
    Question,
    Result,
    Rule,
)
from openhall.questions.rules.faults import ItemFacts

FOOD = ItemFacts(
    code="food",
    name="食品经营许可",
    materials={"form": "申请表", "lease": "租赁合同", "deed": "房产证明"},
    required=frozenset({"form", "deed"}),
    fees={"standard": 5000},
    fields={"place": (), "delivery": ("in_person", "post")},
)
FIRE = ItemFacts(
    code="fire",
    name="消防安全检查",
    materials={"plan": "平面图"},
    required=frozenset({"plan"}),
)
FACTS = {"food": FOOD, "fire": FIRE}

RESTAURANT = Content(
    questions=(
        Question(
            "premises",
            "one",
            text="经营场所是自有的还是租的？",
            options=(Option("own", "自有"), Option("rent", "租赁"), Option("none", "还没有")),
            rules=(Rule((Condition("premises", ("none",)),), "later"),),
            otherwise="area",
        ),
        Question(
            "area",
            "number",
            text="面积多少平方米？",
            least=1,
            most=5000,
            rules=(
                Rule(
                    (Condition("area", least=300), Condition("premises", ("rent",))), "large_rented"
                ),
            ),
            otherwise="open",
        ),
    ),
    results=(
        Result("later", title="先找好经营场所", note="有了经营场所再来办理。"),
        Result(
            "open",
            title="可以申请",
            items=(
                ItemLine(
                    "food",
                    materials=(
                        MaterialLine(
                            "deed",
                            needed=False,
                            reason="租赁的不用房产证明",
                            when=(Condition("premises", ("rent",)),),
                        ),
                        MaterialLine("lease", when=(Condition("premises", ("rent",)),)),
                    ),
                ),
                ItemLine("fire", when=(Condition("area", least=300),)),
            ),
        ),
        Result("large_rented", title="先请房东办理", note="由房东申请消防安全检查。"),
    ),
)


@st.composite
def guides(draw: st.DrawFn) -> Content:
    """Up to five questions whose rules lead anywhere, more often onward than back."""
    asked = [f"q{n}" for n in range(draw(st.integers(1, 5)))]
    ends = [f"r{n}" for n in range(draw(st.integers(1, 3)))]
    kinds = {key: draw(st.sampled_from(["yes_no", "one", "many", "number"])) for key in asked}
    options = {
        key: {
            "yes_no": ("yes", "no"),
            "one": ("a", "b", "c"),
            "many": ("a", "b"),
            "number": (),
        }[kind]
        for key, kind in kinds.items()
    }

    def condition(upto: int) -> Condition:
        key = draw(st.sampled_from(asked[: upto + 1]))
        if kinds[key] == "number":
            least = draw(st.integers(0, 9))
            return Condition(key, least=least, most=draw(st.integers(least, 9)))
        some = draw(st.lists(st.sampled_from(options[key]), min_size=1, max_size=2, unique=True))
        return Condition(key, tuple(some))

    questions = []
    for place, key in enumerate(asked):
        onward = asked[place + 1 :] + ends
        back = draw(st.integers(0, 19)) == 0
        targets = st.sampled_from(asked + ends if back else onward)
        rules = tuple(
            Rule((condition(place),), draw(targets)) for _ in range(draw(st.integers(0, 2)))
        )
        questions.append(
            Question(
                key,
                kinds[key],
                text=key,
                least=0 if kinds[key] == "number" else None,
                most=9 if kinds[key] == "number" else None,
                options=tuple(Option(one, one) for one in options[key]),
                rules=rules,
                otherwise=draw(targets),
            )
        )
    results = tuple(Result(key, title=key, note=key) for key in ends)
    return Content(tuple(questions), results)


def answer_to(question: Question) -> st.SearchStrategy:
    """Anything a person may answer."""
    if question.kind == "number":
        return st.integers(*question.bounds())
    keys = [one.key for one in question.choices()]
    if question.kind == "many":
        return st.sets(st.sampled_from(keys)).map(frozenset)
    return st.sampled_from(keys)
