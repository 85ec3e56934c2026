"""Containers to pages: where bytes come from and what kind they are. No prose is read here."""
