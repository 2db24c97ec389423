"""Equipment of missions: an example of a new kind of content, which needs no change in pkportal."""
