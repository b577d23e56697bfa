"""申报书.pdf from the sample's data: docgen's kept styles and lean fonts beside plain WeasyPrint on the same HTML."""

from __future__ import annotations

from common import in_turn, machine, table, versions
from sample import application_fields
from weasyprint import CSS, HTML

from docgen.fonts.roles import Role, css_family
from docgen.render.pdf import render_html, render_pdf
from docgen.render.templates import find_template, package_templates


def main() -> None:
    """Measure and print."""
    context = application_fields()
    folder = find_template("application")
    variables = " ".join(f"--{role.name.lower()}: {css_family(role)};" for role in Role)
    base = (package_templates() / "_shared" / "base.css").read_text(encoding="utf-8")
    sizes: dict[str, int] = {}

    def plain() -> None:
        styles = [CSS(string=f":root {{ {variables} }}"), CSS(string=base)]
        data = HTML(string=render_html(folder, context)).write_pdf(stylesheets=styles)
        sizes["plain WeasyPrint"] = len(data)

    def ours() -> None:
        sizes["docgen"] = len(render_pdf(folder, context, "x" * 16).data)

    print(machine(), versions("weasyprint"), sep="; ")
    table("One 申报书.pdf", in_turn([("docgen", ours), ("plain WeasyPrint", plain)], rounds=5))
    print("\nsizes: " + ", ".join(f"{name} {size / 1000:.0f} KB" for name, size in sizes.items()))


if __name__ == "__main__":
    main()
