"""Layer 5: from a folder to a linked vault: scan, read what is not cached, link."""
