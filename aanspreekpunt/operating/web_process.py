"""What one web process loads: the application, and the promise to end with the server it belongs to."""

from __future__ import annotations

import gc
import multiprocessing
from typing import Final

from aanspreekpunt.config.wsgi import application
from aanspreekpunt.operating.processes import end_with_parent

__all__ = ["application"]

GROWTH_BEFORE_A_LOOK: Final = 20_000
"""How many more objects than before make Python look for those that only refer to each other: more than one request
holds at any moment, so that its own objects are never gone over while it is answered."""

server = multiprocessing.parent_process()
end_with_parent(server.pid if server else None)

# What was loaded by now stays until the end. Going over it again and again took a seventh of the time of some requests.
gc.collect()
gc.freeze()
gc.set_threshold(GROWTH_BEFORE_A_LOOK, *gc.get_threshold()[1:])
