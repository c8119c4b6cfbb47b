"""How what is taught is found: passages, their embedding, the index, and the snapshots that are served.

This package knows how to build, seal, open and search a snapshot. It does not know questions, learners or models.
"""
