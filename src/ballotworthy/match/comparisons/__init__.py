"""One comparison a file: its levels in words and likelihoods, and the function that finds the level."""
