"""Customers and cases as lists, pages and dialogs."""
