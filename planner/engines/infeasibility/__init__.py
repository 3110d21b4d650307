"""Whether requirements can hold together, and a smallest conflict among them."""
