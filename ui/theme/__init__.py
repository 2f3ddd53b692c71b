"""Colours, fonts and icons: one token table makes the palette and the style sheet, light and dark.

A colour or a size of text that a screen needs is a token here first.
"""
