from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "runtut.procedures"
    label = "procedures"
