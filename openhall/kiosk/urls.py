"""The kiosk's addresses, and those its machine asks at."""

from django.urls import path

from openhall.kiosk.views import case, device, finding, pad, pages
from openhall.paging import addresses  # noqa: F401  # teaches paths their words

app_name = "kiosk"
urlpatterns = [
    path("kiosk/<slug:slug>/", pages.home, name="home"),
    path("kiosk/<slug:slug>/take/", pages.take, name="take"),
    path("kiosk/<slug:slug>/take/<str:letter>/", pages.line, name="line"),
    path("kiosk/<slug:slug>/ticket/", pages.ticket, name="ticket"),
    path("kiosk/<slug:slug>/find/", finding.find, name="find"),
    path("kiosk/<slug:slug>/items/<str:code>/", pages.item, name="item"),
    path("kiosk/<slug:slug>/guides/", pages.guides, name="guides"),
    path("kiosk/<slug:slug>/guides/<slug:guide>/", pages.ask, name="ask"),
    path("kiosk/<slug:slug>/track/", case.track, name="track"),
    path("kiosk/<slug:slug>/notices/", pages.notices, name="notices"),
    path("kiosk/<slug:slug>/pad/<whole:number>/", pad.pad, name="pad"),
    path("kiosk/<slug:slug>/away/", pages.away, name="away"),
    path("kiosk/<slug:slug>/own/<slug:name>/", pages.own, name="own"),
    path("kiosk/<slug:slug>/keyboard.json", finding.keyboard, name="keyboard"),
    path("kiosk/<slug:slug>/index.json", finding.index, name="index"),
    path("kiosk/<slug:slug>/copy.json", device.copied, name="copy"),
    path("kiosk/<slug:slug>/time.json", device.clock, name="time"),
    path("kiosk/<slug:slug>/device/beat", device.beat, name="beat"),
    path("kiosk/<slug:slug>/device/lease", device.lease, name="lease"),
    path("kiosk/<slug:slug>/device/merge", device.merge, name="merge"),
]
