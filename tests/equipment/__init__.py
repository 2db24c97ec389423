"""Equipment of missions: the example of how a kind of content is added, without a line in pkportal."""
