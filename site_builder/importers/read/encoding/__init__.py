"""Bytes to text as browsers read them: the names of encodings, their decoders, and a guess where none is named."""
