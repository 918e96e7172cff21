/**
 * Reads encoders from directories in the Hugging Face layout: which family and modality a directory
 * is of, its weights – by name, checked for shape, frozen or as parameters to be trained – and what
 * loading left unused.
 */
package org.pmf4j.core.encoder;
