"""sayso reads news reports and says who claims how many people came to harm."""

__version__ = "0.1.0.dev0"
