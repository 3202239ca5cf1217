"""From the text of a reference to the note that it means."""
