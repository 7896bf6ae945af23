from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "runtut.api"
    label = "api"
