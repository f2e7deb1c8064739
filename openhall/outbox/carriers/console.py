"""Messages printed where the worker runs, with the address masked: for developers."""

import sys

from openhall.outbox.carriers import Parcel
from openhall.outbox.rules.addresses import masked


class Console:
    """Prints one message."""

    def carry(self, parcel: Parcel) -> str:
        to = masked(parcel.channel, parcel.to)
        sys.stdout.write(f"[{parcel.channel.zh}] {to} {parcel.subject}\n{parcel.words}\n\n")
        sys.stdout.flush()
        return "已显示在控制台"
