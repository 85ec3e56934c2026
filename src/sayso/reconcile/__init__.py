"""Tolls under the named counting rules of the field."""
