"""Full-text search over every public record that has a page, with field words such as ``nation:italy``."""
