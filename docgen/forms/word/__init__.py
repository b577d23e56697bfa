"""Word forms (.docx, .docm): read into the structure that finding sees, written with the smallest edits of the XML."""
