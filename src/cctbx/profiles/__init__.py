"""Layer 4: what each client (CAT tool, platform, machine translation) takes, and what it loses.

A profile is a value in `PROFILES`. It chooses and changes concept entries by rules and hands them to a format.
"""

from __future__ import annotations

import difflib

from cctbx.errors import UsageError
from cctbx.profiles.cat import CAT
from cctbx.profiles.contract import Choice, Forbidden, Output, Profile, Request
from cctbx.profiles.machine import MACHINE
from cctbx.profiles.platforms import PLATFORMS

__all__ = ["PROFILES", "Choice", "Forbidden", "Output", "Profile", "Request", "profile_named"]

PROFILES: tuple[Profile, ...] = (*CAT, *PLATFORMS, *MACHINE)
"""Every profile, in the order of the documentation."""

_BY_NAME = {each.name: each for each in PROFILES}


def profile_named(name: str) -> Profile:
    """The profile of this name. Raises `UsageError` with the nearest name for any other."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    near = difflib.get_close_matches(name, _BY_NAME, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "see `cctbx profiles`"
    raise UsageError(f"unknown profile `{name}`; {hint}")
