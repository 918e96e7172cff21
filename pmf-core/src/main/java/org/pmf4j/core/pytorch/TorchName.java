package org.pmf4j.core.pytorch;

import java.util.Arrays;
import java.util.Optional;

/**
 * The functions and classes that a checkpoint may name, besides element types and storages. Source:
 * those of PyTorch 2.7's {@code torch._weights_only_unpickler} that make tensors or plain data.
 */
enum TorchName {
  ORDERED_DICT("collections.OrderedDict"),
  /** A tensor of storage, offset, size and stride. */
  TENSOR("torch._utils._rebuild_tensor"),
  /** The same, with what training adds. */
  TENSOR_2("torch._utils._rebuild_tensor_v2"),
  /** The same, of a type for which there is no storage class. */
  TENSOR_3("torch._utils._rebuild_tensor_v3"),
  PARAMETER("torch._utils._rebuild_parameter"),
  PARAMETER_WITH_STATE("torch._utils._rebuild_parameter_with_state"),
  /** A tensor with attributes: a function of this list, its arguments, and the attributes. */
  TENSOR_WITH_STATE("torch._tensor._rebuild_from_type_v2"),
  QUANTIZED("torch._utils._rebuild_qtensor"),
  SPARSE("torch._utils._rebuild_sparse_tensor"),
  META("torch._utils._rebuild_meta_tensor_no_storage"),
  NESTED("torch._utils._rebuild_nested_tensor"),
  /** On an accelerator that has no storages: a tensor as those on CPU, and where it was. */
  FROM_CPU("torch._utils._rebuild_device_tensor_from_cpu_tensor"),
  SIZE("torch.Size"),
  TENSOR_CLASS("torch.Tensor"),
  PARAMETER_CLASS("torch.nn.parameter.Parameter"),
  DEVICE("torch.device"),
  LAYOUT("torch.serialization._get_layout"),
  COUNTER("collections.Counter"),
  SET("builtins.set"),
  SET_OF_PYTHON_2("__builtin__.set"),
  BYTES("_codecs.encode"),
  COMPLEX("builtins.complex"),
  PER_TENSOR_AFFINE("torch.per_tensor_affine"),
  PER_TENSOR_SYMMETRIC("torch.per_tensor_symmetric"),
  PER_CHANNEL_AFFINE("torch.per_channel_affine"),
  PER_CHANNEL_SYMMETRIC("torch.per_channel_symmetric"),
  PER_CHANNEL_AFFINE_FLOAT("torch.per_channel_affine_float_qparams");

  private final String python;

  TorchName(String python) {
    this.python = python;
  }

  /** The name without its module, for messages. */
  String label() {
    return python.substring(python.lastIndexOf('.') + 1);
  }

  static Optional<TorchName> of(String python) {
    return Arrays.stream(values()).filter(n -> n.python.equals(python)).findFirst();
  }
}
