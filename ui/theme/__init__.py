"""Colours, fonts and icons: one token table makes the palette and the style sheet, light and dark."""
