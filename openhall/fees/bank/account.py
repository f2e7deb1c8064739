"""What the city's settings say of WeChat Pay; None where it is not set up."""

from pathlib import Path

from django.conf import settings

from openhall.fees.rules.platform import Platform


def wechat_platform() -> Platform | None:
    """Our account there and the platform's public key."""
    if not settings.WECHAT_MCHID:
        return None
    return Platform(
        settings.WECHAT_CODE,
        settings.WECHAT_MCHID,
        settings.WECHAT_APPID,
        tuple(settings.WECHAT_API_KEYS.split()),
        {settings.WECHAT_PUBLIC_KEY_ID: text_of(settings.WECHAT_PUBLIC_KEY)},
    )


def text_of(said: str) -> str:
    """A key as it stands in the setting, or in the file that the setting names."""
    return said if said.startswith("-----BEGIN") or not said else Path(said).read_text()
