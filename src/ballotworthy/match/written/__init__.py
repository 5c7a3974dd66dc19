"""Lines read from pictures: what a cell may say, by the names and streets of the roll and the letters that were seen.

A picture gives the probability of a text that is thought of; the roll gives the texts worth thinking of, and how common
each is. Together they say how probable every reading of a cell is (Bayes' rule), and each reading is then matched as if
it had been typed, at a doubt of -log2 of its probability. So a voter's weight holds the picture's say in bits.
"""
