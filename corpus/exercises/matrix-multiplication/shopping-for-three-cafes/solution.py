import numpy as np


def shopping_list(orders: np.ndarray, recipes: np.ndarray) -> np.ndarray:
    """Return the kilograms needed: one row per café, one column per ingredient."""
    # (cafés, dishes) @ (dishes, ingredients); `@` raises ValueError if they differ.
    return orders @ recipes.T


def bills(orders: np.ndarray, recipes: np.ndarray, prices: np.ndarray) -> np.ndarray:
    """Return the costs in euros: one row per café, one column per shop."""
    # (cafés, ingredients) @ (ingredients, shops)
    return shopping_list(orders, recipes) @ prices
