package org.pmf4j.core.pytorch;

import java.util.Optional;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.store.StoredType;
import org.pmf4j.core.store.TensorInfo;

/** A tensor of a checkpoint. */
sealed interface SavedTensor {

  /** What is told of it. */
  TensorInfo info(String name);

  /**
   * A view of a storage.
   *
   * @param type of its elements, which may be another than the storage's
   */
  record View(Storage storage, ElementType type, Layout layout) implements SavedTensor {
    @Override
    public TensorInfo info(String name) {
      Shape shape = Shape.of(layout.size());
      return type.stored()
          .map(stored -> TensorInfo.of(name, stored, shape))
          .orElseGet(() -> new TensorInfo(name, type.dtype(), Optional.empty(), shape));
    }

    /** The type of its elements, which is one that is read. */
    StoredType stored() {
      return type.stored().orElseThrow();
    }
  }

  /**
   * A tensor that is not read, but that others may stand beside.
   *
   * @param kind what it is instead of plain, such as {@code sparse}
   */
  record Unread(String kind) implements SavedTensor {
    @Override
    public TensorInfo info(String name) {
      return new TensorInfo(name, kind, Optional.empty(), Shape.of());
    }
  }
}
