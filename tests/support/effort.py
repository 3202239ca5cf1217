"""How much tests with many inputs try: a little by default, more with HYPOTHESIS_PROFILE=thorough, as in `.ci/run`."""

import os

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def effort(usual: int, thorough: int) -> int:
    """The number for this run of the tests."""
    return thorough if THOROUGH else usual


def set_effort() -> None:
    """Let property tests that name no number of examples try as many as this run of the tests wants."""
    settings.register_profile(
        "garden",
        max_examples=effort(25, 200),
        # The same in each run: a change that fails has broken something, not met what has always been wrong.
        derandomize=True,
        # A machine may be busy: how long it takes to make or to try an example says nothing.
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("garden")
    if not THOROUGH:
        # It draws from the constants of all modules that have been imported so far: which these are is a matter of chance,
        # a change of any of them changes the examples of every test, and each process searches all modules before its first test.
        providers.is_local_module_file = lambda path: False
