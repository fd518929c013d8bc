"""Where conversations are kept: tracker store, events, locks, forgetting."""
