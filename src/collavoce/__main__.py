"""`python -m collavoce` is `collavoce`."""

from collavoce.cli import main

if __name__ == "__main__":
    main()
