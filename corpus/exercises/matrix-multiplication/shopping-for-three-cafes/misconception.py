import numpy as np


def shopping_list(orders: np.ndarray, recipes: np.ndarray) -> np.ndarray:
    # If the shapes do not fit as they are, a transpose mends that.
    if orders.shape[1] != recipes.shape[0]:
        recipes = recipes.T
    return orders @ recipes


def bills(orders: np.ndarray, recipes: np.ndarray, prices: np.ndarray) -> np.ndarray:
    return shopping_list(orders, recipes) @ prices
