"""Invented reports with exact labels: training matter for what real reports hold too little of.

Frames (``data/frames_*.toml``) carry the labels; names, victims, numbers, times and sources fill them.
"""

from training.invented.report import invented

__all__ = ["invented"]
