"""Notice: a guidance assistant for safeguarding practitioners."""
