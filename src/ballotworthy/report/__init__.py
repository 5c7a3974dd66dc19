"""Pages for people: a result as plain values in, one page of HTML out that loads nothing."""
