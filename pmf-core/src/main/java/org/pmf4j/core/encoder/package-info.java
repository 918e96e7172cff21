/**
 * Reads encoders from directories in the Hugging Face layout: which family and modality a directory
 * is of, its weights – frozen, by name, checked for shape – and what loading left unused.
 */
package org.pmf4j.core.encoder;
