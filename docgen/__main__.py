"""python -m docgen: the command line, where the command itself is not on the PATH."""

from docgen.cli import main

if __name__ == "__main__":
    main()
