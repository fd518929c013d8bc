"""The assistant and Rasa's own starter bot, side by side in one run: ``make bench``."""
