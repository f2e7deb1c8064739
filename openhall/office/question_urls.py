"""The addresses of the question editor, under a desk."""

from django.urls import path

from openhall.office.views import question_nodes as nodes
from openhall.office.views import questions

NODE = "<slug:slug>/"
urlpatterns = [
    path("", questions.listing, name="questions"),
    path("new/", questions.begin, name="begin_questions"),
    path(NODE, questions.overview, name="question_guide"),
    path(NODE + "words/", questions.words, name="question_words"),
    path(NODE + "publish/", questions.publish, name="publish_questions"),
    path(NODE + "drop/", questions.drop, name="drop_questions"),
    path(NODE + "end/", questions.end, name="end_questions"),
    path(NODE + "next/", questions.next_version, name="next_questions"),
    path(NODE + "paths/", questions.paths_page, name="question_paths"),
    path(NODE + "paths/<whole:number>/", questions.path_page, name="question_path"),
    path(NODE + "walk/", questions.walk_page, name="question_walk"),
    path(NODE + "change/", nodes.change, name="change_questions"),
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
]
