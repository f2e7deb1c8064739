"""The addresses of the oversight desks, below ``<organ>/<desk>/oversight/``."""

from django.urls import path

from openhall.desk.pages import with_acts
from openhall.office.views import (
    oversight,
    oversight_cards,
    oversight_complaints,
    oversight_issues,
    oversight_late,
    oversight_reviews,
    oversight_scores,
    oversight_weights,
)

urlpatterns = [
    path("", oversight.page, name="oversight"),
    path("reminders/", oversight.warned, name="oversight_warned"),
    path("cards/", oversight_cards.listing, name="oversight_cards"),
    path("cards/raise/", oversight_cards.raise_card, name="oversight_raise"),
    path("cards/<str:number>/", oversight_cards.card, name="oversight_card"),
    path("cards/<str:number>/<slug:act>/", oversight_cards.card, name="oversight_card_act"),
    path("late/", oversight_late.listing, name="oversight_late"),
    path("late/<str:code>/<month:month>/", oversight_late.unit, name="oversight_late_unit"),
    path("notices/<whole:pk>.pdf", oversight_cards.notice, name="oversight_notice"),
    path("complaints/", oversight_complaints.listing, name="oversight_complaints"),
    path("complaints/<str:number>/", oversight_complaints.complaint, name="oversight_complaint"),
    path(
        "complaints/<str:number>/<slug:act>/",
        oversight_complaints.complaint,
        name="oversight_complaint_act",
    ),
    path("issues/", oversight_issues.listing, name="oversight_issues"),
    path("issues/<str:number>/", oversight_issues.issue, name="oversight_issue"),
    path("issues/<str:number>/<slug:act>/", oversight_issues.issue, name="oversight_issue_act"),
    path("draws/", oversight_reviews.listing, name="oversight_draws"),
    path("draws/do/<slug:act>/", oversight_reviews.listing, name="oversight_draws_act"),
    path("draws/<str:number>/table.csv", oversight_reviews.draw_table, name="oversight_draw_table"),
    *with_acts("draws/<str:number>/", oversight_reviews.draw_page, "oversight_draw"),
    *with_acts("sheets/<whole:pk>/", oversight_reviews.sheet, "oversight_sheet"),
    *with_acts("scores/weights/", oversight_weights.page, "oversight_weights"),
    path("scores/<str:code>/<month:month>/early/", oversight_weights.early, name="oversight_early"),
    path("scores/<str:code>/<month:month>/", oversight_scores.page, name="oversight_score"),
    *with_acts("scores/", oversight_scores.listing, "oversight_scores"),
    path("rules/", oversight_scores.rules, name="oversight_rules"),
    *with_acts("rules/<slug:code>/", oversight_scores.rule, "oversight_rule"),
]
