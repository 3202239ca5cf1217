"""Fills the slots in a note's HTML."""
