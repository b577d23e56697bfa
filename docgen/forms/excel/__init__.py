"""Excel forms (.xlsx, .xlsm): read into the structure that finding sees, written cell by cell into the sheets' XML."""
