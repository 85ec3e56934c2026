"""Which claims speak of the same event, and who the people and bodies in them are."""
