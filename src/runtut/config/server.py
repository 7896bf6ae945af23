"""The web server, embedded: the application is loaded once and shared by every process it forks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

GRACE_SECONDS = 10


class Server(BaseApplication):
    """gunicorn with threads: one process on SQLite, as many as set on PostgreSQL."""

    def __init__(self, *, host: str, port: int) -> None:
        self.choices: dict[str, Any] = {
            "bind": f"{host}:{port}",
            "worker_class": "gthread",
            "threads": settings.THREADS,
            "workers": settings.PROCESSES,
            "graceful_timeout": GRACE_SECONDS,
            "timeout": 60,
            "loglevel": "warning",
            "preload_app": True,
            "control_socket_disable": True,
            "proc_name": "runtut",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.choices.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        application = get_wsgi_application()
        # A connection must not be shared by processes: each opens its own at its first query.
        connections.close_all()
        return application
