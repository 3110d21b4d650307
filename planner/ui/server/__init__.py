"""What answers before any page does: headers, sign-in, who is here."""
