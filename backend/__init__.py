"""How what is found becomes an answer: one tutoring turn, and its faces (HTTP, editors, command line).

This package knows questions, conversations, models and protocols. It does not know how the page looks.
"""

import os

# Read by the OpenMP runtime when it is loaded, by torch or by llama.cpp: without it, idle threads spin, and two
# threads on a busy laptop slow the local model to a crawl.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
