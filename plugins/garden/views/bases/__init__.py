"""Bases, as described in Obsidian's help (BA)."""
