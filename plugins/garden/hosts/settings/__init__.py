"""The settings file, read and checked."""
