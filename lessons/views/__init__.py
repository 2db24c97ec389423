"""The public pages of the analysis, a file for each section."""
