/**
 * Fused models: encoders and a fusion method put together, saved as an adapter directory with its
 * configuration and card, loaded again, evaluated and asked for predictions.
 */
package org.pmf4j.core.model;
