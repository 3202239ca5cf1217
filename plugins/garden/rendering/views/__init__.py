"""Results of live views as HTML (VW-2, VW-3, VW-4, VW-16)."""
