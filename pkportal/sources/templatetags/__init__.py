"""Template tags of the sources layer."""
