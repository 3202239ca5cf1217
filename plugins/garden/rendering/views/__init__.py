"""Writes results of live views as HTML and Markdown (VW-2, VW-3, VW-4, VW-16)."""
