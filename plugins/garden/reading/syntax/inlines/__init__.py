"""Constructs that stand within a line."""
