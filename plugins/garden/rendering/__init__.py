"""Layer 4: a Snapshot becomes pages and files."""
