/**
 * The safetensors format, read and written. A {@link org.pmf4j.core.safetensors.SafetensorsFile} is
 * checked from end to end before anything of it is used, and then read; a {@link
 * org.pmf4j.core.store.TensorStore} makes one file or the shards of a directory look alike. {@link
 * org.pmf4j.core.safetensors.SafetensorsWriter} writes what Python's {@code safetensors} reads.
 */
package org.pmf4j.core.safetensors;
