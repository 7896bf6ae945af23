from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "runtut.accounts"
    label = "accounts"
