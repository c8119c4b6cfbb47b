import warnings

import numpy as np
import pytest
from submission import generate, next_probabilities

END = 0


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture
def rng():
    return np.random.default_rng(8)


def countdown(ids):
    """Always wants the id below the last one."""
    return [9.0 if token == ids[-1] - 1 else 0.0 for token in range(10)]


def test_temperature_divides_the_scores():
    scores = np.log([1.0, 2.0, 4.0])
    np.testing.assert_allclose(next_probabilities(scores), [1 / 7, 2 / 7, 4 / 7])
    cold = next_probabilities(scores, temperature=0.5)
    np.testing.assert_allclose(cold, [1 / 21, 4 / 21, 16 / 21])
    warm = next_probabilities(np.log([1.0, 9.0]), temperature=2)
    np.testing.assert_allclose(warm, [1 / 4, 3 / 4])


def test_top_k_keeps_the_largest_and_shares_out_one():
    scores = np.log([2.0, 5.0, 1.0, 3.0])
    np.testing.assert_allclose(next_probabilities(scores, k=2), [0, 5 / 8, 0, 3 / 8])
    for k in (4, 50, None):
        everything = next_probabilities(scores, k=k)
        np.testing.assert_allclose(everything, [2 / 11, 5 / 11, 1 / 11, 3 / 11])
    both = next_probabilities(scores, temperature=0.5, k=2)
    np.testing.assert_allclose(both, [0, 25 / 34, 0, 9 / 34])


def test_of_equal_scores_the_smaller_id_is_kept():
    np.testing.assert_allclose(next_probabilities([1, 7, 7, 7], k=2), [0, 0.5, 0.5, 0])
    np.testing.assert_array_equal(
        next_probabilities([1, 7, 7], temperature=0), [0, 1, 0]
    )


def test_large_scores_and_tiny_temperatures_stay_finite():
    assert next_probabilities([5000.0, 5000.0, 0.0]).tolist() == [0.5, 0.5, 0]
    assert next_probabilities([2.0, 1.0], temperature=1e-6).tolist() == [1, 0]


@pytest.mark.parametrize("setting", [{"temperature": -1}, {"k": 0}, {"k": -2}])
def test_senseless_settings_are_refused(setting):
    with pytest.raises(ValueError):
        next_probabilities([1.0, 2.0], **setting)


def test_generation_stops_after_the_end_token(rng):
    found = generate(countdown, [3], 20, END, rng, temperature=0)
    assert found == [3, 2, 1, END]
    # An end token in the prompt ends nothing: only a new one does.
    assert generate(countdown, [END, 2], 20, END, rng, k=1) == [END, 2, 1, END]


def test_max_length_counts_the_prompt_too(rng):
    prompt = [7, 6, 5]
    found = generate(countdown, prompt, 5, END, rng, temperature=0)
    assert found == [7, 6, 5, 4, 3], "max_length counts prompt and answer together"
    assert prompt == [7, 6, 5], "the prompt must not change"
    found = generate(None, prompt, 3, END, rng)
    assert found == prompt and found is not prompt, "want a new list"
    assert generate(None, prompt, 2, END, rng) == prompt


def test_tokens_are_drawn_by_their_probabilities(rng):
    found = generate(lambda ids: np.log([1.0, 1, 3, 5]), [], 4000, -1, rng, k=2)
    # The share of id 3 is 5/8, give or take 0.008 (one standard deviation).
    assert set(found) == {2, 3}
    assert found.count(3) / len(found) == pytest.approx(5 / 8, abs=0.04)


def test_the_generator_decides_on_the_sample():
    def sample(seed):
        rng = np.random.default_rng(seed)
        return generate(lambda ids: [0.0] * 9, [1], 30, -1, rng)

    assert sample(1) == sample(1)
    assert sample(1) != sample(2)
