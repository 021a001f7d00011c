"""sohoa: scanned Vietnamese administrative documents as data, every value traced to its pixels."""

from __future__ import annotations
