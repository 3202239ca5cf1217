"""Layer 4: turns a Snapshot into the contents of pages and files."""
