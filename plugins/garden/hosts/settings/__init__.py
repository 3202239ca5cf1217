"""Reading and checking the settings file: Pelican's settings, and the dictionary `GARDEN`."""
