"""The settings of MkDocs: which of them count here, and what is wrong with them."""
