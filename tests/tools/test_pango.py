"""Loading WeasyPrint changes nothing for the rest of docgen."""

import subprocess
import sys

TORN_PHOTO = """
import io
from PIL import Image
from docgen.tools import pango
found = pango.require()
assert found.version.count(".") == 2, found
photo = io.BytesIO()
Image.effect_noise((200, 200), 90).save(photo, "JPEG")
try:
    Image.open(io.BytesIO(photo.getvalue()[:4000])).load()
except OSError as error:
    print(error)
"""


def test_a_torn_photo_is_still_told_after_weasyprint_is_loaded():
    done = subprocess.run([sys.executable, "-c", TORN_PHOTO], check=True, capture_output=True, text=True)
    assert "truncated" in done.stdout
