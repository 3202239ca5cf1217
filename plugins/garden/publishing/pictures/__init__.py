"""Pictures that a site needs besides those of its author: smaller variants, icons, cards."""
