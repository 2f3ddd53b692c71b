"""The phone on the desk: call bar, cards over work, the panel beside a call, keypad, headset.

It shows the hub's rows and the phone's legs as `app.desk.calls` has matched them, and owns no state of a call.
"""
