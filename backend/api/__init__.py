"""Thin routes: each reads a request, calls one function, and returns its result."""
