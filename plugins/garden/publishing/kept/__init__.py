"""The record of a written site, kept between builds, and the writing of what has changed since."""
