"""The typed hierarchy: what stands in which relation to what (HI)."""
