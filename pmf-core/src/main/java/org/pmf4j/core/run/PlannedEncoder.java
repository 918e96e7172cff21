package org.pmf4j.core.run;

import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.core.encoder.EncoderSpec;

/**
 * An encoder of a run, as far as it is known without its weights. Immutable, so that any number of
 * threads may share it.
 *
 * @param spec its files, which are hashed, and how it is used
 * @param shape its width and depth
 */
public record PlannedEncoder(EncoderSpec spec, EncoderShape shape) {}
