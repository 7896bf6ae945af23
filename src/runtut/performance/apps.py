from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "runtut.performance"
    label = "performance"
