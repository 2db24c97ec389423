"""The record as pictures: from loaded records to the geometry that the room below draws, a file a picture."""
