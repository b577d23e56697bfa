"""Transform a Season into periods and figures: pure arithmetic, with the day of the report as an argument."""
