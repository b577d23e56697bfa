"""docgen: from a school's workbook and evidence folder to 1+X pilot dossiers."""

__version__ = "0.1.0"
