"""Pages as templates get them."""
