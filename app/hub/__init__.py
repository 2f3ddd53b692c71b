"""The headless process: starts, supervises and stops its workers."""
