from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "runtut.web"
    label = "web"
