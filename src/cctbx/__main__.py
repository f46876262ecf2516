"""`python -m cctbx`."""

from cctbx.cli import main

main()
