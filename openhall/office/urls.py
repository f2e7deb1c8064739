"""The officials' addresses: a desk, its queue, a matter on it, an act."""

from django.urls import include, path

from openhall.office.views import (
    batch,
    cashier,
    catalogue,
    catalogue_exchange,
    catalogue_list,
    catalogue_version,
    deemed_consent,
    desk,
    erasing,
    form_builder,
    inside,
    intake,
    ledger_audit,
    licences,
    matter,
    outbox,
    oversight,
    papers,
    searching,
    standing,
    together,
)
from openhall.paging import addresses  # noqa: F401  # teaches paths their words

app_name = "office"
urlpatterns = [
    path("", desk.desks, name="desks"),
    path("uploads/<whole:pk>/", matter.upload, name="upload"),
    path("<str:organ>/<slug:desk>/questions/", include("openhall.office.question_urls")),
    path("<str:organ>/<slug:desk>/joint/", include("openhall.office.joint_urls")),
    path("<str:organ>/catalogue/<whole:version>/form/", form_builder.page, name="form_builder"),
    path(
        "<str:organ>/catalogue/<whole:version>/form/<slug:key>/",
        form_builder.question,
        name="form_question",
    ),
    path("<str:organ>/cashier/", cashier.till, name="till"),
    path("<str:organ>/cashier/compare/", cashier.compare, name="compare"),
    path("<str:organ>/cashier/days/<whole:pk>/", cashier.reconciliation, name="reconciliation"),
    path("<str:organ>/cashier/bill/<str:number>/", cashier.issue, name="bill"),
    path("<str:organ>/cashier/waive/<str:number>/", cashier.waive_notice, name="waive"),
    path("<str:organ>/catalogue/", catalogue.listing, name="catalogue"),
    path("<str:organ>/catalogue/exchange/", catalogue_exchange.page, name="catalogue_exchange"),
    path(
        "<str:organ>/catalogue/exchange/<slug:ending>/",
        catalogue_exchange.download,
        name="catalogue_download",
    ),
    path("<str:organ>/catalogue/claim/", catalogue.claim, name="catalogue_claim"),
    path("<str:organ>/catalogue/list/", catalogue_list.lines, name="catalogue_lines"),
    path("<str:organ>/catalogue/list/new/", catalogue_list.add, name="catalogue_add"),
    path("<str:organ>/catalogue/list/merge/", catalogue_list.merge, name="catalogue_merge"),
    path("<str:organ>/catalogue/list/<str:code>/", catalogue_list.line, name="catalogue_line"),
    path(
        "<str:organ>/catalogue/list/<str:code>/<slug:act>/",
        catalogue_list.line_act,
        name="catalogue_line_act",
    ),
    path("<str:organ>/catalogue/phrases/", catalogue_list.phrases, name="catalogue_phrases"),
    path(
        "<str:organ>/catalogue/phrases/<whole:pk>/withdraw/",
        catalogue_list.withdraw,
        name="catalogue_withdraw",
    ),
    path("<str:organ>/catalogue/items/<str:code>/", catalogue.item_page, name="catalogue_item"),
    path(
        "<str:organ>/catalogue/items/<str:code>/<slug:act>/",
        catalogue.item_act,
        name="catalogue_item_act",
    ),
    path(
        "<str:organ>/catalogue/<whole:version>/", catalogue_version.page, name="catalogue_version"
    ),
    path(
        "<str:organ>/catalogue/<whole:version>/do/<slug:act>/",
        catalogue_version.act,
        name="catalogue_act",
    ),
    path("<str:organ>/supervision/log/", ledger_audit.page, name="log"),
    path("<str:organ>/supervision/log/verify/", ledger_audit.verify, name="log_verify"),
    path("<str:organ>/supervision/log/alarms/<whole:pk>/", ledger_audit.alarm, name="log_alarm"),
    path(
        "<str:organ>/government_office/deemed-consent/",
        deemed_consent.page,
        name="deemed_consent",
    ),
    path("<str:organ>/head/erase/", erasing.page, name="erase"),
    path("<str:organ>/operator/messages/", outbox.page, name="outbox"),
    path("<str:organ>/operator/messages/<whole:pk>/", outbox.message, name="outbox_message"),
    path("<str:organ>/operator/messages/<whole:pk>/retry/", outbox.again, name="outbox_retry"),
    path("<str:organ>/<slug:desk>/search/", searching.desk, name="search_desk"),
    path("<str:organ>/<slug:desk>/search/<slug:act>/", searching.desk, name="search_act"),
    *(
        path(f"<str:organ>/{keeps}/search/", searching.desk, {"desk": keeps}, f"search_{keeps}")
        for keeps in ("informatization", "government_office")
    ),
    path("<str:organ>/papers/", papers.overview, name="papers"),
    path("<str:organ>/papers/seal/", papers.seal, name="seal"),
    path("<str:organ>/papers/seal/<whole:pk>/end/", papers.seal_end, name="seal_end"),
    path("<str:organ>/papers/seals/<whole:pk>.svg", papers.seal_picture, name="seal_picture"),
    path("<str:organ>/papers/taken-back/", papers.back, name="take_back"),
    path("<str:organ>/papers/versions/<whole:pk>/", papers.version, name="words_version"),
    path("<str:organ>/papers/versions/<whole:pk>.pdf", papers.preview, name="words_preview"),
    path("<str:organ>/papers/<slug:kind>/", papers.words, name="words"),
    *(
        path(
            f"<str:organ>/{watch}/oversight/", oversight.page, {"desk": watch}, f"oversight_{watch}"
        )
        for watch in ("supervision", "legal", "inspector", "head")
    ),
    path("<str:organ>/<slug:desk>/oversight/", include("openhall.office.oversight")),
    path("<str:organ>/<slug:desk>/", desk.queue_page, name="queue"),
    path("<str:organ>/<slug:desk>/new/", intake.choose, name="intake"),
    path("<str:organ>/<slug:desk>/batch/", batch.batch, name="batch"),
    path("<str:organ>/<slug:desk>/board/", standing.board_page, name="board"),
    path("<str:organ>/<slug:desk>/stand-ins/", standing.stand_ins, name="stand_ins"),
    path("<str:organ>/<slug:desk>/limited/", standing.quotas, name="quotas"),
    path("<str:organ>/<slug:desk>/together/", together.led, name="joint_led"),
    path("<str:organ>/<slug:desk>/together/notices/", together.notices, name="joint_notices"),
    path("<str:organ>/<slug:desk>/together/<str:number>/", together.joint, name="joint"),
    path(
        "<str:organ>/<slug:desk>/together/<str:number>/<slug:act>/",
        together.joint,
        name="joint_act",
    ),
    path("<str:organ>/<slug:desk>/consultations/", inside.consultations, name="consultations"),
    path("<str:organ>/<slug:desk>/consultations/<whole:pk>/", inside.consultation, name="opinion"),
    path(
        "<str:organ>/<slug:desk>/consultations/<whole:pk>/<whole:upload>/",
        inside.shared_upload,
        name="shared_upload",
    ),
    path("<str:organ>/<slug:desk>/permits/", licences.listing, name="licences"),
    path("<str:organ>/<slug:desk>/permits/<whole:pk>/", licences.permit, name="licence"),
    path(
        "<str:organ>/<slug:desk>/permits/<whole:pk>/<slug:act>/",
        licences.permit,
        name="permit_act",
    ),
    path("<str:organ>/<slug:desk>/new/<str:item>/", intake.take_in_page, name="take_in"),
    path("<str:organ>/<slug:desk>/new/drop/<whole:pk>/", intake.drop, name="drop"),
    path("<str:organ>/<slug:desk>/<str:number>/", matter.matter, name="matter"),
    path("<str:organ>/<slug:desk>/<str:number>/<slug:act>/", matter.matter, name="act"),
]
