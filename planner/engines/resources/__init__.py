"""What groups take besides members, with the groups given: solved to proof."""
