"""Collavoce: show control that follows its people, and sees them off."""

__version__ = "0.1.0"
