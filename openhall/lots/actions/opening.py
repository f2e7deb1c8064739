"""承诺与揭示: each party commits to two numbers, then opens them. Who refuses is named for good."""

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, led
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.lots.kinds import PUBLIC_DRAW
from openhall.lots.models import DrawParty, PublicDraw
from openhall.lots.permissions import may_lead
from openhall.lots.queries import is_covered, parties_of, party_with
from openhall.lots.rules.lifecycle import DRAWS
from openhall.lots.rules.protocol import (
    PARTIES_AT_LEAST,
    SALT,
    commitment,
    fault_of_opening,
)
from openhall.lots.terms import DrawAct, DrawState


def covered(draw: PublicDraw) -> None:
    """The next step only after a signed checkpoint holds the last: nobody takes it back then."""
    if not is_covered(draw):
        raise Refused(
            Said(
                "上一步还没有列入公开账的签名检查点，通常半分钟内列入。请稍后再试。",
                "The step before is not covered by a signed checkpoint of the public log yet; it "
                "takes half a minute as a rule. Try again shortly.",
            )
        )


def leads(draw: PublicDraw, doing: Doing) -> None:
    """Refused unless the unit that announced the draw acts."""
    if not may_lead(doing.actor, draw, doing.day):
        raise Refused(
            Said(
                f"只有公告这次抽取的{draw.organ.name}可以办理。",
                f"Only {draw.organ.name_en}, which announced this draw, may do this.",
            )
        )


def _party(draw: PublicDraw, code: str) -> DrawParty:
    found = party_with(draw, code)
    if found is None:
        raise Refused(
            Said(
                "这次抽取没有持此代码的承诺方。请核对交给您的代码。",
                "No party of this draw holds this code. Compare it with the one you were given.",
            ),
            "party_code",
        )
    return found


@deed(PUBLIC_DRAW, DrawAct.COMMIT)
def commit_to(draw: PublicDraw, code: str, hashed: str, doing: Doing) -> Deed:
    """承诺: the hash of two numbers and a salt, which the party keeps until all committed."""
    state = led(DRAWS, DrawState(draw.state), DrawAct.COMMIT)
    party, hashed = _party(draw, code), hashed.strip().lower()
    if doing.at > draw.commit_until:
        raise Refused(
            Said("承诺时间已经截止。", "The time to commit is over."),
        )
    if party.commitment:
        raise Refused(
            Said(
                "您已经作出承诺，不能更改。请妥善保管两个整数和随机盐。",
                "You committed already; it cannot be changed. Keep the numbers and the salt.",
            )
        )
    if not SALT.fullmatch(hashed):
        raise Refused(
            Said(
                "承诺值是64位十六进制数（SHA-256）。请原样粘贴。",
                "A commitment is 64 hexadecimal digits (SHA-256). Paste it as it is.",
            ),
            "hashed",
        )
    if DrawParty.objects.filter(draw=draw, commitment=hashed).exists():
        raise Refused(
            Said(
                "另一方已经作出相同的承诺。请自己另取随机数。",
                "Another party made this commitment already. Take numbers of your own.",
            ),
            "hashed",
        )
    party.commitment = hashed
    party.save(update_fields=["commitment"])
    last = all(one.commitment for one in parties_of(draw))
    state = DrawState.OPENING if last else state
    return write(
        PUBLIC_DRAW,
        draw,
        DrawAct.COMMIT,
        doing,
        changes={"state": state.value},
        facts={"party": party.called, "name": party.name, "commitment": hashed},
    )


@deed(PUBLIC_DRAW, DrawAct.END_COMMITMENTS)
def end_commitments(draw: PublicDraw, doing: Doing) -> Deed:
    """承诺截止: go on with those who committed; with fewer than three the draw comes to nothing."""
    leads(draw, doing)
    state = led(DRAWS, DrawState(draw.state), DrawAct.END_COMMITMENTS)
    if doing.at <= draw.commit_until:
        raise Refused(
            Said("承诺时间还没有截止。", "The time to commit is not over yet."),
        )
    silent = [one for one in parties_of(draw) if not one.commitment]
    DrawParty.objects.filter(pk__in=[one.pk for one in silent]).update(absent=True)
    if len(parties_of(draw)) - len(silent) < PARTIES_AT_LEAST:
        state = DrawState.FAILED  # nothing was opened, so nobody knew anything
    return write(
        PUBLIC_DRAW,
        draw,
        DrawAct.END_COMMITMENTS,
        doing,
        changes={"state": state.value},
        facts={"absent": [one.name for one in silent]},
    )


def _opened(
    draw: PublicDraw, party: DrawParty, act: DrawAct, numbers: tuple[int, int, str], doing: Doing
) -> Deed:
    state = led(DRAWS, DrawState(draw.state), act)
    a, b, salt = numbers[0], numbers[1], numbers[2].strip().lower()
    covered(draw)
    if party.absent or party.is_open:
        raise Refused(
            Said("这一方没有待揭示的承诺。", "This party has no commitment to open."),
        )
    if fault := fault_of_opening(a, b, salt):
        raise Refused(fault, "a")
    if commitment(draw.number, party.called, draw.frame_hash, a, b, salt) != party.commitment:
        raise Refused(
            Said(
                "与承诺值不符：两个整数和随机盐必须与承诺时完全一致。未能揭示的，按拒绝揭示公布。",
                "It does not fit the commitment: the two numbers and the salt are those committed "
                "to. Who cannot open it is named as refusing.",
            ),
            "a",
        )
    party.a, party.b, party.opened_with = a, b, salt
    party.by_paper = act == DrawAct.OPEN_PAPER
    party.save(update_fields=["a", "b", "opened_with", "by_paper"])
    last = all(one.is_open or one.absent for one in parties_of(draw))
    return write(
        PUBLIC_DRAW,
        draw,
        act,
        doing,
        changes={"state": (DrawState.AWAITING if last else state).value},
        facts={"party": party.called, "name": party.name, "a": a, "b": b, "salt": salt},
    )


@deed(PUBLIC_DRAW, DrawAct.OPEN)
def open_commitment(draw: PublicDraw, code: str, a: int, b: int, salt: str, doing: Doing) -> Deed:
    """揭示: the two numbers and the salt, for everybody to see that they fit."""
    if doing.at > draw.open_until:
        raise Refused(
            Said(
                "揭示时间已经截止。请由公告单位当众拆封承诺书。",
                "The time to open is over. The unit that announced it opens the sealed paper.",
            )
        )
    return _opened(draw, _party(draw, code), DrawAct.OPEN, (a, b, salt), doing)


@deed(PUBLIC_DRAW, DrawAct.OPEN_PAPER)
def open_paper(draw: PublicDraw, place: int, a: int, b: int, salt: str, doing: Doing) -> Deed:
    """拆封: what a party left with another one, opened in its stead; the page says so."""
    leads(draw, doing)
    party = DrawParty.objects.get(draw=draw, place=place)
    return _opened(draw, party, DrawAct.OPEN_PAPER, (a, b, salt), doing)


@deed(PUBLIC_DRAW, DrawAct.END_OPENINGS)
def end_openings(draw: PublicDraw, doing: Doing) -> Deed:
    """揭示截止: who did not open is left out and named; the draw is never made again."""
    leads(draw, doing)
    state = led(DRAWS, DrawState(draw.state), DrawAct.END_OPENINGS)
    if doing.at <= draw.open_until:
        raise Refused(
            Said("揭示时间还没有截止。", "The time to open is not over yet."),
        )
    refusing = [one for one in parties_of(draw) if not (one.is_open or one.absent)]
    DrawParty.objects.filter(pk__in=[one.pk for one in refusing]).update(absent=True)
    return write(
        PUBLIC_DRAW,
        draw,
        DrawAct.END_OPENINGS,
        doing,
        changes={"state": state.value},
        facts={"refused": [one.name for one in refusing]},
    )
