package org.pmf4j.core.run;

import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.core.encoder.EncoderDirectory;

/**
 * An encoder of a run, as far as it is known without its weights. Immutable, so that any number of
 * threads may share it.
 *
 * @param directory its directory, whose files are hashed
 * @param shape its width and depth
 */
public record PlannedEncoder(EncoderDirectory directory, EncoderShape shape) {}
