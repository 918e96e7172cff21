/**
 * The weights of an encoder directory, in whatever of the formats they are: {@link
 * org.pmf4j.core.checkpoint.EncoderFiles} finds them as transformers does and opens them, and
 * {@link org.pmf4j.core.checkpoint.UnwrappedTensors} takes the prefixes of training's wrappers off
 * their names.
 */
package org.pmf4j.core.checkpoint;
