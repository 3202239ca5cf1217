"""Queries of the plugin Tasks (TQ)."""
