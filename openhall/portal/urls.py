"""The public's addresses."""

from django.urls import path

from openhall.portal.views import (
    applying,
    cases,
    forms,
    guide,
    home,
    ledger,
    messages,
    papers,
    policies,
    services,
    statistics,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("services/", services.listing, name="services"),
    path("services/<str:code>/form.pdf", forms.pdf, name="form_pdf"),
    path("services/<str:code>/form-sample.pdf", forms.sample, name="form_sample"),
    path("services/<str:code>/form.docx", forms.docx, name="form_docx"),
    path("forms/<str:code>/<str:digest>/", forms.held, name="form_held"),
    path("services/<str:code>/", guide.page, name="guide"),
    path("services/<str:code>/guide.pdf", guide.sheet, name="guide_sheet"),
    path("policies/", policies.listing, name="policies"),
    path("policies/<int:pk>/", policies.document, name="policy"),
    path("services/<str:code>/apply/", applying.start, name="start"),
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
    path("my/messages/", messages.listing, name="messages"),
    path("my/messages/choice/", messages.choose, name="message_preference"),
    path("my/messages/<int:pk>/", messages.message, name="message"),
]
