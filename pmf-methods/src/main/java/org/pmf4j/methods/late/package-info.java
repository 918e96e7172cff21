/**
 * Fine-tuning of whole encoders whose pooled vectors meet in one linear layer: late fusion by
 * concatenation, and the same of a single encoder.
 */
package org.pmf4j.methods.late;
