"""Fences: code, and the blocks that are not code but something to render."""
