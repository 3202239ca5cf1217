"""Automatic corrections: changes of a few characters that are certainly right, shown before they are made."""
