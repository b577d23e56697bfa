"""PDF forms: fields filled with Chinese that every reader shows, flat forms written upon, and values read back."""
