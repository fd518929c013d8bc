"""Runnable comparisons. Each prints ratios against a named peer, measured in one run."""
