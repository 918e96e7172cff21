package org.pmf4j.core.model;

import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.MatrixPrecision;

/**
 * What a fused model is made of. Immutable, so that any number of threads may share it.
 *
 * @param encoders by modality
 * @param precision of frozen matrices
 * @param method planned for these encoders
 * @param outputs number of logits
 */
public record Blueprint(
    Named<EncoderSpec> encoders, MatrixPrecision precision, PlannedMethod method, int outputs) {}
