package org.pmf4j.core.pool;

import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * What a value was decoded to. Its tensors are not written to: any thread may read them.
 *
 * @param tensors as the encoder's preprocessor gave them
 * @param length by which samples of about the same length are put together
 */
record Sample(Named<HostTensor> tensors, int length) {}
