"""The public's addresses."""

from django.urls import path

from openhall.portal.views import (
    applying,
    cases,
    home,
    ledger,
    papers,
    questions,
    services,
    statistics,
    topics,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("services/", services.listing, name="services"),
    path("services/<str:code>/", services.guide, name="guide"),
    path("services/<str:code>/apply/", applying.start, name="start"),
    path("topics/", topics.listing, name="topics"),
    path("topics/<slug:code>/", topics.topic, name="topic"),
    path("guides/<slug:slug>/", questions.ask, name="ask"),
    path("guides/<slug:slug>/result/", questions.result, name="checklist"),
    path("guides/<slug:slug>/result/keep/", questions.keep, name="keep"),
    path("guides/<slug:slug>/apply/<str:item>/", questions.apply, name="apply"),
    path("my/checklists/", questions.kept, name="checklists"),
    path("my/checklists/<int:pk>/remove/", questions.forget, name="forget"),
    path("drafts/<int:pk>/<slug:step>/", applying.step, name="draft"),
    path("resume/", applying.resume, name="resume"),
    path("track/", cases.track, name="track"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/supplement/", cases.supplement, name="supplement"),
    path("cases/<str:number>/rating/", cases.rating, name="rating"),
    path("cases/<str:number>/withdraw/", cases.withdraw, name="withdraw"),
    path("cases/<str:number>/papers/<int:pk>.pdf", papers.download, name="paper"),
    path("check/<str:code>/", papers.check, name="check"),
    path("statistics/", statistics.city, name="statistics"),
    path("statistics/cases/<str:number>/", statistics.case, name="public_case"),
    path("statistics/cases/<str:number>/<int:seq>.json", statistics.proof, name="proof"),
    path("statistics/<str:code>/", statistics.unit, name="unit"),
    path("statistics/<str:code>/<str:month>/<slug:measure>/", statistics.figure, name="figure"),
    path("ledger/", ledger.overview, name="ledger"),
    path("ledger/entries/<int:index>/", ledger.entry, name="entry"),
    path("ledger/entries/<int:index>/receipt.json", ledger.receipt, name="receipt"),
    path("ledger/<path:path>", ledger.published, name="ledger_file"),
    path("my/", cases.mine, name="mine"),
]
