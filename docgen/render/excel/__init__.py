"""Excel workbooks from Excel templates, by editing the sheets' XML; every other part of the file is kept."""

from .template import ExcelTemplate, excel_template

__all__ = ["ExcelTemplate", "excel_template"]
