"""A question as it is read: made to stand alone, its names, authors and tables found, in the words of the library."""
