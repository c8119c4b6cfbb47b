"""The tutor where people write code: faces that other programs define."""
