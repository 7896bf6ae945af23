"""The application for a WSGI server; an unsafe installation is not served."""

from __future__ import annotations

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runtut.config.settings")
application = get_wsgi_application()
# Only now are the applications loaded that the check asks about.
import_module("runtut.config.safety").refuse_unsafe()
