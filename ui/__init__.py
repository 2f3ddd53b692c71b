"""Everything with Qt: a package a screen, and beside them the modules that join screens and presenters to one desk.

A screen shows a frozen state and sends intents; it knows no other screen. What is decided, remembered or asked of a
server belongs to `app`. `tour*` plays the demo without a screen and saves a picture of each place.
"""
