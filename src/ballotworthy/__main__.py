"""`python -m ballotworthy` is the command `ballotworthy`."""

from ballotworthy.cli.main import main

main()
