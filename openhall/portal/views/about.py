"""What the site says of itself: how accessible it is, and what it does with personal data."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: 无障碍环境建设法 32, WCAG 2.2 AA."""
    return render(request, "portal/about_accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice: 个人信息保护法 17; its periods are those the installation works by."""
    context = {
        "kept_days": settings.RETENTION_DAYS,
        "messages_days": settings.OUTBOX_KEEP_DAYS,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return render(request, "portal/about_privacy.html", context)
