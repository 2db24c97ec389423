"""The public pages of the analysis, a file a room."""
