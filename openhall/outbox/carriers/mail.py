"""E-mail through Django's mail framework: whichever of its backends the settings name."""

from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from openhall.outbox.carriers import Parcel
from openhall.outbox.refusals import NotCarried


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


class Mail:
    """Sends one e-mail."""

    def carry(self, parcel: Parcel) -> str:
        mail = EmailMessage(
            subject=" ".join(parcel.subject.split()),
            body=parcel.words,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[parcel.to],
            headers={
                "X-OpenHall-Message": str(parcel.number),
                # The same message sent again after a crash is known again by servers and readers.
                "Message-ID": f"<openhall-{parcel.number}@{_host()}>",
            },
        )
        try:
            mail.send()
        except SMTPRecipientsRefused as error:
            raise NotCarried("邮件服务器拒收该地址。", for_good=True) from error
        except (SMTPException, OSError) as error:
            raise NotCarried(f"邮件服务器没有接收：{type(error).__name__}") from error
        return "邮件服务器已接收"
