from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "runtut.documents"
    label = "documents"
