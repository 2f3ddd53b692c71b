"""Customers and cases: lists, pages, timeline, forms and dialogs, and the views that list them.

Writing on a case belongs to `ui.composer`, tasks to `ui.tasks`, shaping types and forms to `ui.administration`.
"""
