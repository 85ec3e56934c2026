"""The desk: a ledger in a browser, where people read, judge and publish."""

from sayso.desk.app import make_app
from sayso.desk.serving import serve

__all__ = ["make_app", "serve"]
