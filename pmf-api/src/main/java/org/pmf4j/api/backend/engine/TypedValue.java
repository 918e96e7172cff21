package org.pmf4j.api.backend.engine;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/**
 * An engine's value with what the API knows of it. Immutable, so that any number of threads may
 * share it.
 *
 * @param value the value
 * @param shape its dimensions
 * @param dtype type of its elements
 * @param <V> the engine's value
 * @since API version 2
 */
public record TypedValue<V>(V value, Shape shape, DType dtype) {}
