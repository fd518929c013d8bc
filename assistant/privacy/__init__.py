"""What is kept of a conversation, and how it is made unidentifiable and forgotten."""
