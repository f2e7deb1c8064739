"""``openhall fees balance``: do all notices add up; ``returns``: what is to be given back."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from openhall.deeds.refusals import Refused
from openhall.fees import checking
from openhall.fees.bank import wechat
from openhall.fees.queries import balance, returns_waiting

NAMES = {
    "notices": "缴款书（张）",
    "asked": "应缴",
    "receipts": "银行回执",
    "waived": "减免",
    "cancelled": "作废",
    "open": "未缴",
    "red": "红字冲回",
    "returned": "银行已退",
}


class Command(BaseCommand):
    help = "The books of the fee window: whether they add up, and what is still to be given back"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["balance", "returns"])

    def handle(self, *args: Any, **options: Any) -> None:
        {"balance": self._balance, "returns": self._returns}[options["what"]]()

    def _balance(self) -> None:
        sums = balance()
        for name, zh in NAMES.items():
            self.stdout.write(f"{zh:　<8}{getattr(sums, name):>16}")
        wrong = list(checking.miscounted())
        for one in wrong:
            self.stdout.write(f"{one.place}: {one.sentence}")
        holds = sums.holds and not wrong
        self.stdout.write("平衡 / it adds up" if holds else "不平衡 / IT DOES NOT ADD UP")
        if not holds:
            sys.exit(1)

    def _returns(self) -> None:
        """Ask WeChat Pay for each red letter of its payments; the bank has its own list."""
        for red in returns_waiting():
            assert red.red_of is not None
            bank = red.red_of.receipt.bank
            state = "银行按红字缴款书办理"
            if bank == settings.WECHAT_CODE and wechat.is_there():
                try:
                    state = wechat.give_back(red)
                except Refused as refusal:
                    state = refusal.said.zh
            self.stdout.write(f"{red.number} {bank} {red.amount} {state}")
