from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "runtut.core"
    label = "core"
