/**
 * Tensors that lie in files, whatever the format: {@link org.pmf4j.core.store.TensorStore} is what
 * a file, or the shards of a directory, looks like; {@link org.pmf4j.core.store.FileRead} reads
 * their bytes by position when they are needed and maps nothing; {@link
 * org.pmf4j.core.store.TensorMemory} makes tensors of them in the caller's memory.
 */
package org.pmf4j.core.store;
