"""The shell that Pelican runs, and Pelican as a process of its own."""
