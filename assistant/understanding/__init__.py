"""Understanding: which topic a message is about, and whether it is urgent."""
