import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(
    image: np.ndarray,
    kernels: np.ndarray,
    bias: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    """Return the feature maps, of shape (maps, out_height, out_width)."""
    if image.shape[0] != kernels.shape[1]:
        raise ValueError("image and kernels differ in their number of channels")
    k = kernels.shape[-1]
    padded = np.pad(image, ((0, 0), (padding, padding), (padding, padding)))
    if k > min(padded.shape[1:]):
        raise ValueError("the kernel is larger than the padded image")
    # The windows have the axes (channels, rows, columns, k, k).
    windows = sliding_window_view(padded, (k, k), axis=(1, 2))
    windows = windows[:, ::stride, ::stride]
    maps = np.einsum("crwij,mcij->mrw", windows, kernels)
    return maps + bias[:, None, None]


def max_pool2d(image: np.ndarray, size: int) -> np.ndarray:
    """Return the largest number of each window, for each channel on its own."""
    channels, height, width = image.shape
    rows, columns = height // size, width // size
    whole = image[:, : rows * size, : columns * size]
    return whole.reshape(channels, rows, size, columns, size).max(axis=(2, 4))
