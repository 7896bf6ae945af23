from __future__ import annotations

import argparse
import secrets

from runtut.core import clock
from runtut.organisations.actions import found_region
from runtut.organisations.enums import Zone


def createadmin(options: argparse.Namespace) -> int:
    """Make an administrator, and the region's topmost unit where there is none; print a first password."""
    password = secrets.token_urlsafe(12)
    user = found_region(
        region=options.region,
        region_name=options.region_name,
        zone=Zone[options.zone],
        username=options.username,
        full_name=options.name,
        password=password,
        at=clock.now(),
    )
    print(f"{user.username} may log in with the password {password}")
    print("It must be changed at the first login, and is shown only now.")
    return 0
