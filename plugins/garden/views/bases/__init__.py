"""Evaluation of bases, as described in Obsidian's help (BA)."""
