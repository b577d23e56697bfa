"""Makes docgen's own Word templates (templates/*/template.docx), the same bytes each time.

The result is committed: schools open and change it in Word. Run it after changing a layout here.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from word import application, approval, biweekly, official, school_form

from docgen.tools.zips import stable_zip

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LAYOUTS = {
    "application": application.make,
    "approval": approval.make,
    "biweekly": biweekly.make,
    "official": official.make,
    "school-form": school_form.make,
}


def template_bytes(kind: str) -> bytes:
    """The bytes of one kind's Word template."""
    buffer = io.BytesIO()
    LAYOUTS[kind]().save(buffer)
    return stable_zip(buffer.getvalue())


def main() -> None:
    """Write every template."""
    for kind in LAYOUTS:
        (TEMPLATES / kind / "template.docx").write_bytes(template_bytes(kind))
        print(f"templates/{kind}/template.docx")


if __name__ == "__main__":
    main()
