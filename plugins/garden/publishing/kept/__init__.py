"""What was written of a site, kept between builds, and the writing of what has changed since."""
