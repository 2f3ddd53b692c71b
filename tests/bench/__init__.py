"""Benchmarks: modules bench_NAME with KEYS and run, carried out by build/bench."""
