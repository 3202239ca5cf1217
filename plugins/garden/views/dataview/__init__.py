"""Dataview's queries, as described in its documentation, or in its source where the two differ (DV)."""
