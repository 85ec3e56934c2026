"""Archives of any size, read in parts by many processes on many machines, and put into a ledger by one of them."""
