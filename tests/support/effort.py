"""How much tests with many inputs try: a little by default, more with HYPOTHESIS_PROFILE=thorough, as in `.ci/run`."""

import os

from hypothesis import settings

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def effort(usual: int, thorough: int) -> int:
    """The number for this run of the tests."""
    return thorough if THOROUGH else usual


def set_effort() -> None:
    """Let property tests that name no number of examples try as many as this run of the tests wants."""
    # A machine may be busy: how long an example takes says nothing.
    settings.register_profile("garden", max_examples=effort(25, 200), deadline=None)
    settings.load_profile("garden")
