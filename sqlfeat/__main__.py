"""`python -m sqlfeat`: the command line, where the folder of scripts is not on the PATH."""

from sqlfeat.cli import main

main(prog_name="sqlfeat")
