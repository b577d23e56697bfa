"""申报书.docx from the sample's data: docgen's compiled template beside docxtpl, in one run."""

from __future__ import annotations

import io

from common import in_turn, machine, table, versions
from docxtpl import DocxTemplate
from sample import application_fields

from docgen.render.environment import make_environment
from docgen.render.templates import find_template
from docgen.render.word import WordTemplate


def main() -> None:
    """Measure and print."""
    context = application_fields()
    path = find_template("application").file("template.docx")
    compiled = WordTemplate(path)
    environment = make_environment(autoescape=True)

    def by_docxtpl() -> int:
        template = DocxTemplate(path)
        template.render(context, environment)
        buffer = io.BytesIO()
        template.save(buffer)
        return buffer.tell()

    print(machine(), versions("docxtpl", "jinja2"), sep="; ")
    medians = in_turn([("docgen", lambda: compiled.render(context)), ("docxtpl", by_docxtpl)], rounds=15)
    table("One 申报书.docx", medians)


if __name__ == "__main__":
    main()
