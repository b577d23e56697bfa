"""Certificates, majors and what each certificate demands: look-up by name and near misses."""

from .catalogue import Catalogue, load_catalogue

__all__ = ["Catalogue", "load_catalogue"]
