"""Transform spreadsheets and tables about pilot progress, in whatever shape, into figures with their places."""
