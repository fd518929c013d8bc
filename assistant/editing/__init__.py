"""What a content editor runs: checks and reports of content."""
