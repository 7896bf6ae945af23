from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "runtut.reports"
    label = "reports"
