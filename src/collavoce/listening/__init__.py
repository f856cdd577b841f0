"""listening"""
