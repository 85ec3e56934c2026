"""The append-only memory: what was read and what people ruled, each entry chained to the one before it."""
