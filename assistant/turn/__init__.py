"""The path of one message: understood, answered, kept; always one whole reply."""
