"""Mending what is safe to mend: changes of a few characters, shown before they are made, nothing else touched."""
