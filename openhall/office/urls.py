"""The officials' addresses: a desk, its queue, a matter on it, an act."""

from django.urls import include, path

from openhall.desk.pages import with_acts
from openhall.office.views import (
    batch,
    calendar_notice,
    cashier,
    catalogue,
    catalogue_exchange,
    catalogue_list,
    catalogue_version,
    deemed_consent,
    desk,
    erasing,
    find,
    first,
    form_builder,
    inside,
    intake,
    ledger_audit,
    licences,
    machine,
    matter,
    outbox,
    oversight,
    papers,
    phrases,
    searching,
    standing,
    tariffs,
    together,
    versions,
)
from openhall.paging import addresses  # noqa: F401  # teaches paths their words

app_name = "office"
urlpatterns = [
    # What every desk has comes first: no desk's own act may take its address.
    path("<str:organ>/<slug:desk>/waits/", first.first_page, name="first_page"),
    path("<str:organ>/<slug:desk>/find/", find.page, name="find"),
    path("<str:organ>/<slug:desk>/help/", first.help_page, name="help"),
    path("<str:organ>/<slug:desk>/taken.csv", desk.taken, name="taken"),
    path("<str:organ>/<slug:desk>/views/", desk.views, name="views"),
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
    *with_acts("<str:organ>/cashier/days/<whole:pk>/", cashier.reconciliation, "reconciliation"),
    *with_acts("<str:organ>/cashier/", cashier.till, "till"),
    path("<str:organ>/catalogue/", catalogue.listing, name="catalogue"),
    path("<str:organ>/catalogue/exchange/", catalogue_exchange.page, name="catalogue_exchange"),
    path(
        "<str:organ>/catalogue/exchange/do/<slug:act>/",
        catalogue_exchange.page,
        name="catalogue_exchange_act",
    ),
    path(
        "<str:organ>/catalogue/exchange/<slug:ending>/",
        catalogue_exchange.download,
        name="catalogue_download",
    ),
    *with_acts("<str:organ>/catalogue/fees/", tariffs.page, "tariffs"),
    *with_acts("<str:organ>/catalogue/claim/", catalogue.claim, "catalogue_claim"),
    path("<str:organ>/catalogue/list/", catalogue_list.lines, name="catalogue_lines"),
    *with_acts("<str:organ>/catalogue/list/new/", catalogue_list.add, "catalogue_add"),
    *with_acts("<str:organ>/catalogue/list/merge/", catalogue_list.merge, "catalogue_merge"),
    *with_acts("<str:organ>/catalogue/list/<str:code>/", catalogue_list.line, "catalogue_line"),
    *with_acts("<str:organ>/catalogue/phrases/", catalogue_list.phrases, "catalogue_phrases"),
    path("<str:organ>/<slug:desk>/phrases/", phrases.page, name="phrases"),
    *with_acts("<str:organ>/catalogue/items/<str:code>/", catalogue.item_page, "catalogue_item"),
    path(
        "<str:organ>/catalogue/<whole:version>/", catalogue_version.page, name="catalogue_version"
    ),
    path(
        "<str:organ>/catalogue/<whole:version>/do/<slug:act>/",
        catalogue_version.page,
        name="catalogue_act",
    ),
    *with_acts("<str:organ>/supervision/log/alarms/<whole:pk>/", ledger_audit.alarm, "log_alarm"),
    *with_acts("<str:organ>/supervision/log/", ledger_audit.page, "log"),
    *with_acts(
        "<str:organ>/government_office/deemed-consent/", deemed_consent.page, "deemed_consent"
    ),
    path("<str:organ>/government_office/calendar/", calendar_notice.page, name="calendar_notice"),
    path("<str:organ>/operator/machine/", machine.page, name="machine"),
    *with_acts("<str:organ>/head/erase/", erasing.page, "erase"),
    path("<str:organ>/operator/messages/", outbox.page, name="outbox"),
    *with_acts("<str:organ>/operator/messages/<whole:pk>/", outbox.message, "outbox_message"),
    *with_acts("<str:organ>/<slug:desk>/search/", searching.desk, "search_desk"),
    path("<str:organ>/papers/", papers.overview, name="papers"),
    path("<str:organ>/papers/do/<slug:act>/", papers.overview, name="papers_act"),
    *with_acts("<str:organ>/papers/seal/", papers.seal, "seal"),
    path("<str:organ>/papers/seals/<whole:pk>.pdf", papers.seal_sample, name="seal_sample"),
    path("<str:organ>/papers/seals/<whole:pk>.svg", papers.seal_picture, name="seal_picture"),
    *with_acts("<str:organ>/papers/versions/<whole:pk>/", papers.version, "words_version"),
    path("<str:organ>/papers/versions/<whole:pk>.pdf", papers.preview, name="words_preview"),
    *with_acts("<str:organ>/papers/<slug:kind>/", papers.words, "words"),
    *with_acts(
        "<str:organ>/<slug:desk>/versions/<slug:kind>/<whole:pk>/", versions.page, "version"
    ),
    *(
        path(
            f"<str:organ>/{watch}/oversight/", oversight.page, {"desk": watch}, f"oversight_{watch}"
        )
        for watch in ("supervision", "legal", "inspector", "head")
    ),
    path("<str:organ>/<slug:desk>/oversight/", include("openhall.office.oversight")),
    path("<str:organ>/<slug:desk>/", desk.queue_page, name="queue"),
    path("<str:organ>/<slug:desk>/new/", intake.choose, name="intake"),
    path("<str:organ>/<slug:desk>/received/<str:number>/", intake.received, name="received"),
    path("<str:organ>/<slug:desk>/batch/", batch.batch, name="batch"),
    path("<str:organ>/<slug:desk>/board/", standing.board_page, name="board"),
    *with_acts("<str:organ>/<slug:desk>/stand-ins/", standing.stand_ins, "stand_ins"),
    *with_acts("<str:organ>/<slug:desk>/limited/", standing.quotas, "quotas"),
    path("<str:organ>/<slug:desk>/together/", together.led, name="joint_led"),
    path("<str:organ>/<slug:desk>/together/notices/", together.notices, name="joint_notices"),
    path("<str:organ>/<slug:desk>/together/<str:number>/", together.joint, name="joint"),
    path(
        "<str:organ>/<slug:desk>/together/<str:number>/<slug:act>/",
        together.joint,
        name="joint_act",
    ),
    path("<str:organ>/<slug:desk>/consultations/", inside.consultations, name="consultations"),
    path(
        "<str:organ>/<slug:desk>/consultations/<whole:pk>/<whole:upload>/",
        inside.shared_upload,
        name="shared_upload",
    ),
    *with_acts("<str:organ>/<slug:desk>/consultations/<whole:pk>/", inside.consultation, "opinion"),
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
