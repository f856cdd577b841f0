"""company"""
