"""The officials' addresses: a desk, its queue, a matter on it, an act."""

from django.urls import path

from openhall.office.views import cashier, desk, intake, matter, outbox

app_name = "office"
urlpatterns = [
    path("", desk.desks, name="desks"),
    path("uploads/<int:pk>/", matter.upload, name="upload"),
    path("<str:organ>/cashier/", cashier.till, name="till"),
    path("<str:organ>/cashier/compare/", cashier.compare, name="compare"),
    path("<str:organ>/cashier/days/<int:pk>/", cashier.reconciliation, name="reconciliation"),
    path("<str:organ>/cashier/bill/<str:number>/", cashier.issue, name="bill"),
    path("<str:organ>/cashier/waive/<str:number>/", cashier.waive_notice, name="waive"),
    path("<str:organ>/operator/messages/", outbox.page, name="outbox"),
    path("<str:organ>/operator/messages/<int:pk>/", outbox.message, name="outbox_message"),
    path("<str:organ>/operator/messages/<int:pk>/retry/", outbox.again, name="outbox_retry"),
    path("<str:organ>/<slug:desk>/", desk.queue_page, name="queue"),
    path("<str:organ>/<slug:desk>/new/", intake.choose, name="intake"),
    path("<str:organ>/<slug:desk>/new/<str:item>/", intake.take_in_page, name="take_in"),
    path("<str:organ>/<slug:desk>/new/drop/<int:pk>/", intake.drop, name="drop"),
    path("<str:organ>/<slug:desk>/<str:number>/", matter.page, name="matter"),
    path("<str:organ>/<slug:desk>/<str:number>/reveal/", matter.show_applicant, name="reveal"),
    path("<str:organ>/<slug:desk>/<str:number>/originals/<int:pk>/", matter.verify, name="verify"),
    path("<str:organ>/<slug:desk>/<str:number>/<slug:act>/", matter.act, name="act"),
]
