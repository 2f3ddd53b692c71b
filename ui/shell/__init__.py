"""The frame of the main window: rail, top bar, palette, help page, shortcuts, and the sign-in page.

What stands in the frame belongs to the screens; `ui.desk` puts it there.
"""
