"""Certificates, majors and what each certificate demands: look-up by name and near misses."""
