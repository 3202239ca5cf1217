"""The typed hierarchy: which page has which relation to which other page (HI)."""
