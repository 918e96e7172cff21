package org.pmf4j.core.pytorch;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.pickle.Meaning;
import org.pmf4j.core.pickle.PickleDict;
import org.pmf4j.core.pickle.PickleList;
import org.pmf4j.core.pickle.PickleTuple;

/**
 * What names mean in a checkpoint: tensors and plain data. Every other name is refused when it is
 * read, before anything is done with it.
 */
final class TorchMeaning implements Meaning {
  private static final String TORCH = "torch";
  private static final String UNTYPED = "UntypedStorage";

  private final Path file;
  private final Storages storages;

  /** Plain data of which nobody needs more than that it was there. */
  private enum Data {
    DATA
  }

  /**
   * A checkpoint's meaning.
   *
   * @param storages takes what the pickle says of storages
   */
  TorchMeaning(Path file, Storages storages) {
    this.file = file;
    this.storages = storages;
  }

  @Override
  public Object global(String module, String name) {
    Optional<TorchName> known = TorchName.of(module + "." + name);
    if (known.isPresent()) {
      return known.get();
    }
    if (module.equals("torch.storage") && name.equals(UNTYPED)) {
      return new StorageClass(ElementType.UINT8);
    }
    if (module.equals(TORCH)) {
      Optional<ElementType> type = ElementType.ofDtype(name);
      if (type.isPresent()) {
        return type.get();
      }
    }
    if (module.equals(TORCH) || module.equals("torch.cuda")) {
      Optional<ElementType> type = ElementType.ofStorage(name);
      if (type.isPresent()) {
        return new StorageClass(type.get());
      }
    }
    throw PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: wants to run `%s`; it is not a plain checkpoint: save the tensors alone in Python"
                + " with torch.save(model.state_dict(), file)",
            file,
            Shown.plain(module + "." + name)));
  }

  @Override
  public Object call(Object function, List<Object> arguments) {
    if (!(function instanceof TorchName name)) {
      throw broken("it calls what is no function");
    }
    TensorArguments of = new TensorArguments(file, name, arguments);
    return switch (name) {
      case ORDERED_DICT -> dict(arguments);
      case TENSOR, TENSOR_2 -> of.view();
      case TENSOR_3 -> of.viewAs();
      case PARAMETER, PARAMETER_WITH_STATE, FROM_CPU -> of.tensor(0);
      case TENSOR_WITH_STATE -> call(of.function(0), of.tuple(2));
      case QUANTIZED -> new SavedTensor.Unread("quantized");
      case SPARSE -> new SavedTensor.Unread("sparse");
      case META -> new SavedTensor.Unread("meta");
      case NESTED -> new SavedTensor.Unread("nested");
      case SIZE -> new PickleTuple(of.tuple(0));
      case TENSOR_CLASS, PARAMETER_CLASS -> throw of.unexpected();
      default -> Data.DATA;
    };
  }

  private PickleDict dict(List<Object> arguments) {
    PickleDict dict = new PickleDict();
    if (arguments.isEmpty()) {
      return dict;
    }
    // Python 2 gave the entries as pairs
    if (arguments.size() == 1 && arguments.get(0) instanceof PickleList pairs) {
      for (Object pair : pairs.values()) {
        List<Object> both =
            pair instanceof PickleList l
                ? l.values()
                : pair instanceof PickleTuple t ? t.values() : List.of();
        if (both.size() != 2 || !dict.put(both.get(0), both.get(1))) {
          throw broken("a dict is made of what are no pairs");
        }
      }
      return dict;
    }
    throw broken("a dict is made of what are no pairs");
  }

  @Override
  public Object persistent(Object id) {
    List<Object> parts = id instanceof PickleTuple t ? t.values() : List.of();
    boolean good =
        parts.size() >= 5
            && "storage".equals(parts.get(0))
            && parts.get(1) instanceof StorageClass
            && parts.get(2) instanceof String
            && parts.get(4) instanceof Long n
            && n >= 0
            && n <= Long.MAX_VALUE / 16;
    if (!good) {
      throw broken("it asks for something outside of it that is no storage");
    }
    StorageClass of = (StorageClass) parts.get(1);
    Storage storage = new Storage((String) parts.get(2), of.type(), (Long) parts.get(4));
    storages.add(storage, parts.subList(5, parts.size()));
    return storage;
  }

  @Override
  public Object withState(Object value, Object state) {
    // A state dict's own attributes: the versions of its modules
    if (value instanceof PickleDict) {
      return value;
    }
    throw broken("it sets the state of what has none");
  }

  private PmfException broken(String what) {
    return PmfException.input(file + ": broken PyTorch file: " + what);
  }

  /** Where the pickle's storages are looked for. */
  interface Storages {
    /**
     * Takes a storage, which may have been named before.
     *
     * @param more what older formats say of it
     * @throws PmfException if it is not in the file
     */
    void add(Storage storage, List<Object> more);
  }
}
