package org.pmf4j.core.pytorch;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.pickle.PickleDict;
import org.pmf4j.core.pickle.PickleTuple;

/**
 * What a checkpoint gives to a function that makes a tensor: checked, so that every view lies in
 * its storage.
 */
record TensorArguments(Path file, TorchName function, List<Object> arguments) {
  /** PyTorch's own limit. */
  private static final int MOST_DIMENSIONS = 64;

  /** A tensor that was made before. */
  SavedTensor tensor(int at) {
    if (argument(at) instanceof SavedTensor tensor) {
      return tensor;
    }
    throw unexpected();
  }

  /** A function that makes a tensor of its arguments, and not of another function. */
  TorchName function(int at) {
    if (argument(at) instanceof TorchName name && name != TorchName.TENSOR_WITH_STATE) {
      return name;
    }
    throw unexpected();
  }

  List<Object> tuple(int at) {
    if (argument(at) instanceof PickleTuple tuple) {
      return tuple.values();
    }
    throw unexpected();
  }

  /** A view of a storage, with its type. */
  SavedTensor view() {
    return isAltered(6) ? new SavedTensor.Unread("conjugated or negated") : view(storage().type());
  }

  /** A view of a storage, as a type of its own. */
  SavedTensor viewAs() {
    if (!(argument(6) instanceof ElementType type)) {
      throw unexpected();
    }
    return isAltered(7) ? new SavedTensor.Unread("conjugated or negated") : view(type);
  }

  private boolean isAltered(int at) {
    return arguments.size() > at
        && arguments.get(at) instanceof PickleDict metadata
        && metadata.entries().containsValue(true);
  }

  private Storage storage() {
    if (argument(0) instanceof Storage storage) {
      return storage;
    }
    throw unexpected();
  }

  private SavedTensor view(ElementType type) {
    Storage storage = storage();
    Layout layout = new Layout(number(argument(1)), numbers(2), numbers(3));
    if (layout.size().length != layout.stride().length || layout.size().length > MOST_DIMENSIONS) {
      throw unexpected();
    }
    if (end(layout, type) > storage.bytes()) {
      throw broken(
          String.format(
              Locale.ROOT, "a tensor reaches beyond its storage of %d bytes", storage.bytes()));
    }
    return new SavedTensor.View(storage, type, layout);
  }

  /** Bytes of the storage up to the tensor's last. */
  private long end(Layout layout, ElementType type) {
    try {
      long elements = Shape.of(layout.size()).size();
      if (elements == 0) {
        return 0;
      }
      Math.multiplyExact(elements, (long) Double.BYTES);
      return Math.multiplyExact(
          Math.addExact(layout.offset(), layout.extent()), (long) type.bytes());
    } catch (ArithmeticException e) {
      throw PmfException.input(broken("a tensor is too large to be true").getMessage(), e);
    }
  }

  private long[] numbers(int at) {
    return tuple(at).stream().mapToLong(this::number).toArray();
  }

  private long number(Object value) {
    if (value instanceof Long n && n >= 0) {
      return n;
    }
    throw unexpected();
  }

  private Object argument(int at) {
    if (at >= arguments.size()) {
      throw unexpected();
    }
    return arguments.get(at);
  }

  PmfException unexpected() {
    return broken("it calls " + function.label() + " in another way than PyTorch does");
  }

  private PmfException broken(String what) {
    return PmfException.input(file + ": broken PyTorch file: " + what);
  }
}
