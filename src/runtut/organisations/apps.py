from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "runtut.organisations"
    label = "organisations"
