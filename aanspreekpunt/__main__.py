"""Lets `python -m aanspreekpunt` do what the command `aanspreekpunt` does."""

import sys

from aanspreekpunt.operating.command import main

sys.exit(main())
