"""Linking after a change: what changed, what stays as it was, and snapshots that need no linking of the whole vault."""
