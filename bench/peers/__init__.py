"""The same corpus built by this program and by others: what `make bench` compares.

One module per program describes how it gets the corpus and how it is run (`Generator`). The others are installed in an
environment of their own.
"""
