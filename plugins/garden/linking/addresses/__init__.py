"""The addresses of everything that is published: those that pages request, and those that they get (PB-5, PB-6)."""
