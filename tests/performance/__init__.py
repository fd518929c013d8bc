"""What a turn, a start and a model cost, held by counts: the same on every machine."""
