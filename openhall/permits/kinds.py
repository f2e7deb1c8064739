"""What deeds of this room are done to: permits with what was asked about them, and bans."""

from openhall.deeds.kinds import Kind, Owned, register
from openhall.glossary import Said
from openhall.permits.models import Ban, Licence, LicenceRequest, PermitDeed
from openhall.permits.terms import BanAct, LicenceAct

LICENCE = register(
    Kind(
        name="licence",
        model=Licence,
        events=PermitDeed,
        acts=LicenceAct,
        title=Said("许可证件", "Permit"),
        tells=lambda licence: {
            "case": licence.case.number,
            "organ": licence.organ.code,
            "item": licence.item.code,
        },
        related=("organ", "item", "case__organ", "case__item", "case__item_version"),
        owns=[Owned("request", LicenceRequest, "licence")],
    )
)
BAN = register(
    Kind(
        name="ban",
        model=Ban,
        events=PermitDeed,
        acts=BanAct,
        title=Said("限制申请", "Bar on applying"),
        number=lambda ban: f"{ban.case.number}/{ban.ground}",
        tells=lambda ban: {
            "case": ban.case.number,
            "organ": ban.case.organ.code,
            "item": ban.item.code,
        },
        related=("item", "case__organ"),
        loose={"identity_blind": "An index of the number of its case's applicant, made from it."},
    )
)
