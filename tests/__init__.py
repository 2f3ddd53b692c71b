"""Tests: pure ones in unit, the store and the engines on real servers, the desk offscreen and in a window."""
