"""The addresses of the question editor, under a desk."""

from django.urls import path

from openhall.desk.pages import with_acts
from openhall.office.views import question_nodes as nodes
from openhall.office.views import questions

NODE = "<slug:slug>/"
urlpatterns = [
    path("", questions.listing, name="questions"),
    *with_acts("new/", questions.begin, "begin_questions"),
    *with_acts(NODE + "words/", questions.words, "question_words"),
    path(NODE + "paths/", questions.paths_page, name="question_paths"),
    path(NODE + "paths/<whole:number>/", questions.path_page, name="question_path"),
    path(NODE + "walk/", questions.walk_page, name="question_walk"),
    path(NODE + "question/", nodes.question, {"key": ""}, name="new_question"),
    path(NODE + "question/<slug:key>/", nodes.question, name="question"),
    path(NODE + "question/<slug:key>/rule/", nodes.rule, {"number": 0}, name="new_rule"),
    path(NODE + "question/<slug:key>/rule/<whole:number>/", nodes.rule, name="rule"),
    path(NODE + "result/", nodes.result, {"key": ""}, name="new_result"),
    path(NODE + "result/<slug:key>/", nodes.result, name="result"),
    path(NODE + "result/<slug:key>/item/", nodes.line, {"number": 0}, name="new_line"),
    path(NODE + "result/<slug:key>/item/<whole:number>/", nodes.line, name="line"),
    path(
        NODE + "result/<slug:key>/item/<whole:number>/material/<str:material>/",
        nodes.material,
        name="material",
    ),
    *with_acts(NODE, questions.overview, "question_guide"),
]
