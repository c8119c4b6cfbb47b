import numpy as np
import pytest
from submission import conv2d, max_pool2d

GREY = np.array([[[2.0, 0, 1, 3], [1, 1, 0, 2], [0, 3, 1, 1]]])
RIGHT_MINUS_LEFT = np.array([[[[-1.0, 1.0], [0.0, 0.0]]]])
NO_BIAS = np.zeros(1)


def test_a_grey_image_by_hand():
    maps = conv2d(GREY, RIGHT_MINUS_LEFT, np.array([10.0]))
    np.testing.assert_allclose(maps, [[[8, 11, 12], [10, 9, 12]]])


def test_the_kernel_is_not_flipped():
    kernel = np.array([[[[1.0, 0.0], [0.0, 10.0]]]])
    image = np.array([[[1.0, 2.0], [3.0, 4.0]]])
    np.testing.assert_allclose(conv2d(image, kernel, NO_BIAS), [[[41]]])


def test_each_kernel_adds_up_all_channels_to_one_map():
    image = np.stack([np.full((2, 2), 1.0), np.full((2, 2), 10.0)])
    kernels = np.array([[[[1.0]], [[1.0]]], [[[2.0]], [[-1.0]]], [[[0.0]], [[3.0]]]])
    maps = conv2d(image, kernels, np.array([0.0, 0.5, 0.0]))
    assert maps.shape == (3, 2, 2), "3 kernels give 3 maps, for any number of channels"
    np.testing.assert_allclose(maps[:, 0, 0], [11, -7.5, 30])


def test_a_window_of_two_channels_keeps_its_numbers_in_place():
    image = np.array([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]])
    kernel = np.array([[[[1.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [10.0, 0.0]]]])
    np.testing.assert_allclose(conv2d(image, kernel, NO_BIAS), [[[71]]])  # 1 + 10 * 7


def test_padding_puts_zeros_around_the_image():
    image = np.array([[[5.0, 7.0]]])
    maps = conv2d(image, np.ones((1, 1, 3, 3)), NO_BIAS, padding=1)
    np.testing.assert_allclose(maps, [[[12, 12]]])
    corner = np.zeros((1, 1, 3, 3))
    corner[0, 0, 1, 0] = 1  # each output is the left neighbour
    np.testing.assert_allclose(conv2d(image, corner, NO_BIAS, padding=1), [[[0, 5]]])


def test_stride_and_padding_give_the_size_of_the_formula():
    image = np.arange(5 * 8.0).reshape(1, 5, 8)
    top_left = np.array([[[[1.0, 0.0], [0.0, 0.0]]]])
    picked = conv2d(image, top_left, NO_BIAS, stride=3)
    np.testing.assert_allclose(picked, [[[0, 3, 6], [24, 27, 30]]])
    padded = conv2d(image, top_left, NO_BIAS, stride=2, padding=1)
    assert padded.shape == (1, 3, 5)  # (5 + 2 - 2) // 2 + 1, (8 + 2 - 2) // 2 + 1
    np.testing.assert_allclose(padded[0, 1], [0, 9, 11, 13, 15])  # row 1 of the image


@pytest.mark.parametrize(
    ("image", "kernels"),
    [((2, 4, 4), (1, 3, 2, 2)), ((1, 4, 4), (1, 2, 1, 1)), ((1, 2, 5), (1, 1, 3, 3))],
)
def test_shapes_that_do_not_fit_are_refused(image, kernels):
    with pytest.raises(ValueError):
        conv2d(np.ones(image), np.ones(kernels), NO_BIAS)
    if image[0] == kernels[1]:
        fitting = conv2d(np.ones(image), np.ones(kernels), NO_BIAS, padding=1)
        assert fitting.shape == (1, 2, 5)


def test_pooling_by_hand_with_negative_numbers_and_a_rest():
    image = np.array([[[-4.0, -2, -1], [-3, -9, 0], [5, 5, 5]], np.full((3, 3), 7.0)])
    np.testing.assert_allclose(max_pool2d(image, 2), [[[-2]], [[7]]])
    np.testing.assert_allclose(max_pool2d(GREY, 2), [[[2, 3]]])
    np.testing.assert_allclose(max_pool2d(GREY, 1), GREY)


def test_the_image_stays_unchanged():
    before = GREY.copy()
    conv2d(GREY, RIGHT_MINUS_LEFT, NO_BIAS, padding=1)
    max_pool2d(GREY, 2)
    np.testing.assert_array_equal(GREY, before)
