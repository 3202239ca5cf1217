"""Layer 0: what a note, a link, a page and a problem are. Data only."""
