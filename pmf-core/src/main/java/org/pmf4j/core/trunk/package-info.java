/**
 * The trunk: the layers below the fusion layers. Nothing there is trained or prompted, so its
 * output for a sample is a constant. It is computed one sample at a time, so that its bits depend
 * on the sample alone, kept on disk under the sample's content and the encoder's fingerprint, and
 * read back in every epoch.
 */
package org.pmf4j.core.trunk;
