"""The pages of `custledger explain` in Chinese; the English ones are the docstrings of the checks."""
