"""The addresses of everything that is published: what asks for one, and who gets it (PB-5, PB-6)."""
