from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "openhall.questions"
    verbose_name = "问答"
