"""Runners of the public benchmarks; see ``README.md`` beside this file."""
