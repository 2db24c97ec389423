"""Search over everything public that has an address: one question, every kind of content, the best first."""
