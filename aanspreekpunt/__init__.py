"""Aanspreekpunt: one point of contact, where every question is answered at once, or promised and kept."""

import os

# Several processes share the processors already. Threads of the linear algebra under numpy only wait for each other:
# with them, building the search took ten times the processor time for its matrices, and more memory. To be set before
# anything imports numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
