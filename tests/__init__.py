"""Tests; a package, so that no other of this name takes its place (some distributions install one)."""
