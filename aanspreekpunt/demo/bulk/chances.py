"""How likely each turn in the life of a question is, and how many people come back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

OPEN_FOR: Final = timedelta(days=21)
STILL_OPEN: Final = 0.7
"""How likely a question of this very moment is still open; one of three weeks ago no longer is: about 1 % in all."""
OPEN_PER_TEAM: Final = 3000

CHANNELS: Final = {"phone": 60, "web_form": 15, "counter": 10, "email": 8, "letter": 4, "visit": 3}
AT_ONCE: Final = 0.62
CALLED_BACK: Final = 0.2
IN_HAND: Final = 0.4
IN_TIME: Final = 0.88

ANONYMOUS: Final = 0.12
COMES_BACK: Final = 0.45
CALLS_OFTEN: Final = 0.04
REMEMBERED: Final = 20_000
FREQUENT: Final = 40
