"""Samverkan.

Another huvudman did not do its part. Received by the unit's chief, who takes it up with the counterpart.
"""
