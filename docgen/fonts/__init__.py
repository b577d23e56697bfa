"""Which installed font serves which Chinese style, and text set in such a font on PDF pages."""
