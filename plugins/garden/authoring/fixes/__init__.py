"""Safe corrections: changes of a few characters, shown before they are made, with nothing else touched."""
