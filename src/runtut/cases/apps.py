from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "runtut.cases"
    label = "cases"
