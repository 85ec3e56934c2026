"""How the shipped encoder was trained; never imported by the program."""
