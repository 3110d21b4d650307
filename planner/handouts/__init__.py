"""What travels with the groups: starter cards, the teacher's sheet, a pulse, and mail to everyone."""
