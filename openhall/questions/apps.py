from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "openhall.questions"
    verbose_name = "问答"

    def ready(self) -> None:
        from openhall.questions import kinds  # noqa: F401
