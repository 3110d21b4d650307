"""Plans out of whole groups: enumeration, column generation, closing the gap, neighbourhoods."""
