/**
 * Training: losses, AdamW with warm-up and cosine, batches prepared ahead of the step, validation,
 * early stopping, and checkpoints from which a killed run goes on to the same bits.
 */
package org.pmf4j.core.training;
