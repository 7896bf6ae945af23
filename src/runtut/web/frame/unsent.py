"""What somebody had written into a form that came too late: shown again, so that it can be copied."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest

from runtut.web.frame.safe_return import page_before

SECRET: Final = ("password", "passphrase", "present", "fresh", "again", "repeated", "csrf")
"""Names, or beginnings of names, of controls that are never shown again."""
SECRET_PAGES: Final = ("/masuk/", "/saya/", "/pengaturan/orang/")
CHOSEN: Final = re.compile(r"[a-z_]*|[0-9a-f]{16,64}|\d{1,4}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Values of buttons, lists and hidden controls, which nobody has typed."""


def unsent(request: HttpRequest) -> tuple[str, ...]:
    """The texts of a refused form in the order of its controls; nothing of pages that take passwords, nor of
    what another site has sent in somebody's name."""
    if request.method != "POST" or request.path.startswith(SECRET_PAGES) or not page_before(request):
        return ()
    return tuple(
        text.strip()
        for name, values in request.POST.lists()
        if not name.startswith(SECRET)
        for text in values
        if not CHOSEN.fullmatch(text.strip())
    )
