"""The risk-limiting check of a petition: martingales, both sides, what must be allowed for, and its simulation."""
