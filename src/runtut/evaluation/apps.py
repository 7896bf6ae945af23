from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "runtut.evaluation"
    label = "evaluation"
