"""Texts as units: blocks, sentences, words; how they align, merge, compare and move. Pure."""
