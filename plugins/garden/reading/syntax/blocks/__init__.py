"""Constructs that begin on a line of their own; some have a form within a line, too."""
