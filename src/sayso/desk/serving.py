"""Running the desk: on this machine alone, unless somebody says otherwise."""

from __future__ import annotations

import gc
import socket
from typing import TYPE_CHECKING

from sayso.desk.app import make_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.desk.desk import Desk


def serve(desk: Desk, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve a desk until the program is told to end.

    Args:
        desk: The desk.
        host: The address to listen at.
        port: The port; 0 takes one that is free.
        ready: Told the address for a browser, once it answers there.

    Raises:
        OSError: Nothing can listen there.
    """
    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        at = listening.getsockname()[1]
        name = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            make_app(desk), log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=5
        )
        config.load()
        # What is loaded by now stays as long as the program. The collector of garbage would go through all of it time
        # and again, which made every third page that adds up incidents wait 85 ms longer.
        gc.collect()
        gc.freeze()
        ready(f"http://{name}:{at}")
        uvicorn.Server(config).run(sockets=[listening])
