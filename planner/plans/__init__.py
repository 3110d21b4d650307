"""A plan on disk: plan file, plan folder, an earlier plan read back."""
