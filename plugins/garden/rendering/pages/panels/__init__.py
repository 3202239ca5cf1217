"""The panels of a page: what is shown around the text of a note or hub, such as its relations and its backlinks."""
