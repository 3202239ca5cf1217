"""How long tests wait for what must happen: on a machine that does many things at once, it may be late."""

PATIENCE = 60.0
"""Seconds after which a test fails instead of waiting on."""
