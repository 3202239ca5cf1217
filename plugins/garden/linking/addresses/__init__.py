"""The addresses of everything that is published: which are asked for, and which are given (PB-5, PB-6)."""
