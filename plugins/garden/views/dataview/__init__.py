"""Dataview's queries, as its documentation has them, and its source where that says something else (DV)."""
