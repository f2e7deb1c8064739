"""Words of the outbox."""

from openhall.glossary import Term


class Channel(Term):
    """How a message travels."""

    EMAIL = "email", "电子邮件", "E-mail", ""
    SMS = "sms", "短信", "Text message", ""
    WECHAT = "wechat", "微信", "WeChat", ""
    ACCOUNT = "account", "账户消息", "In the account", ""
    WEBHOOK = "webhook", "推送", "Webhook", ""


class MessageState(Term):
    """Where a message stands. A failed one is tried again; one given up waits for a person."""

    QUEUED = "queued", "待发送", "Waiting", ""
    SENT = "sent", "已发出", "Sent", ""
    DELIVERED = "delivered", "已送达", "Delivered", ""
    FAILED = "failed", "发送失败，将重试", "Failed, to be tried again", ""
    GIVEN_UP = "given_up", "多次失败，已停止", "Given up", ""
