"""Evaluation of live views: from a query and the published notes to a result, which rendering shows (VW).

What is evaluated sees `notes.PublishedNotes` alone, which holds nothing of an unpublished note: privacy does not
depend on any filter here. Nothing asks the clock, nothing is random, and every evaluation has a budget.
"""
