"""`python -m sqlfeat`: the command line, where the folder of scripts is not on the PATH."""

from sqlfeat.cli import main

if __name__ == "__main__":
    main(prog_name="sqlfeat")
