"""Template tags of the editorial layer."""
