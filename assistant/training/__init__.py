"""From content to a trained Rasa model."""
