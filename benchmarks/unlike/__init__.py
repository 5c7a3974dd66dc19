"""Rolls and petitions made by other hands than the simulator's, to try the machine on what it was not made for."""
