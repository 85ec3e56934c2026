"""Readings to files and screens: one module a format, each with the same ``write``. Export only reads."""
