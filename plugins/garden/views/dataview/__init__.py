"""Evaluation of Dataview's queries, as its documentation describes them, or its source where the two differ (DV)."""
