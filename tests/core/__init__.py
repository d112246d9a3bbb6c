"""The engine, held to its specification by an independent oracle, laws and worked cases."""
