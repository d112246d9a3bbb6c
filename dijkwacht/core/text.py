"""Letters of a sentence, in whatever language."""


def capital(sentence: str) -> str:
    """The sentence with a capital in front; the rest stays, and so does a domain name in front (``dijkstad.nl``)."""
    first = sentence.partition(" ")[0].rstrip("?!.,;:")
    return sentence if "." in first else sentence[:1].upper() + sentence[1:]
