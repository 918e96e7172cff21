/**
 * What a model computes on: a {@link org.pmf4j.core.batch.Batch}, by modality, with targets in
 * training, of host tensors while it is prepared and of tensors once it is placed. Programs take
 * tensors by name; {@link org.pmf4j.core.batch.BatchCodec} alone knows these names.
 */
package org.pmf4j.core.batch;
