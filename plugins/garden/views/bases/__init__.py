"""Bases, as Obsidian's help has them (BA)."""
