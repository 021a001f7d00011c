"""Steps that make print easier to read and move nothing: ink, background, noise, black and white."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.imaging.raster import Raster, as_pixels

__all__ = ["binarise", "denoise", "flatten", "sauvola"]


def flatten(raster: Raster) -> Raster:
    """A grey picture on an even white background: shadows, stains and yellowed paper divided out."""
    pixels = raster.pixels
    small = cv2.resize(pixels, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    size = 15 if raster.dpi >= 200 else 9
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((size, size), np.uint8)), 2 * size + 1)
    paper = cv2.resize(paper, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    return raster.with_pixels(as_pixels(cv2.divide(pixels, np.maximum(paper, 1), scale=255)))


def denoise(raster: Raster) -> Raster:
    """A light Gaussian, as wide as grain is at 300 dpi."""
    return raster.with_pixels(as_pixels(cv2.GaussianBlur(raster.pixels, (0, 0), 0.8 * raster.dpi / 300)))


def sauvola(raster: Raster, *, k: float = 0.2, window: float = 0.14) -> Raster:
    """Black and white by a threshold that follows the neighbourhood (Sauvola and Pietikäinen, 2000).

    `window` is the neighbourhood's side in inches, `k` how far below the mean the threshold lies where the
    neighbourhood is flat. The threshold is reckoned on a grid of every few pixels, which changes 2 in 10,000 of them.
    """
    pixels, step = raster.pixels, max(1, raster.dpi // 75)
    height, width = pixels.shape
    side = int(window * raster.dpi / step) | 1
    coarse = -(-width // step), -(-height // step)
    values, squares = (
        cv2.boxFilter(small.astype(np.float32), cv2.CV_32F, (side, side), borderType=cv2.BORDER_REPLICATE)
        for small in (
            cv2.resize(pixels, coarse, interpolation=cv2.INTER_AREA),
            cv2.resize(cv2.multiply(pixels, pixels, dtype=cv2.CV_32F), coarse, interpolation=cv2.INTER_AREA),
        )
    )
    spread = np.sqrt(np.maximum(squares - values * values, 0))
    limit = as_pixels(np.clip(values * (1 + k * (spread / 128 - 1)), 0, 255))
    limit = as_pixels(cv2.resize(limit, (width, height), interpolation=cv2.INTER_LINEAR))
    return raster.with_pixels(as_pixels(cv2.compare(pixels, limit, cv2.CMP_GT)))


def binarise(raster: Raster) -> Raster:
    """Black and white by one threshold for all (Otsu, 1979)."""
    return raster.with_pixels(as_pixels(cv2.threshold(raster.pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]))
