import os
import subprocess

from tests.helpers.display import virtual_display


def test_a_test_can_have_a_screen_of_its_own() -> None:
    with virtual_display("800x600") as display, virtual_display() as other:
        assert display != other
        asked = ["xdotool", "getdisplaygeometry"]
        environment = os.environ | {"DISPLAY": display}
        shown = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True).stdout
        assert shown.split() == ["800", "600"]
