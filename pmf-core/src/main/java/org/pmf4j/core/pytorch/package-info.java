/**
 * What PyTorch's {@code torch.save} writes, read without PyTorch and without running anything: the
 * zip files of PyTorch 1.6 and later and the older ones. {@link org.pmf4j.core.pytorch.PyTorchFile}
 * is a {@link org.pmf4j.core.store.TensorStore}. The pickle inside says which tensors there are,
 * and the names that it may use for that are listed in {@code TorchName}; whatever else it wants is
 * refused. Views of all kinds, transposed, expanded or of shared memory, are read as plain tensors.
 */
package org.pmf4j.core.pytorch;
