package org.pmf4j.core.pytorch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.pickle.PickleInput;
import org.pmf4j.core.pickle.PickleList;
import org.pmf4j.core.pickle.PickleNone;
import org.pmf4j.core.pickle.Unpickler;
import org.pmf4j.core.store.FileRead;

/**
 * The format of PyTorch 0.1.10 to 1.5: five pickles, one after another – a magic number, the
 * version, what machine wrote it, what was saved, and the storages' keys – and then the storages in
 * the order of the keys, each after its number of elements. All numbers are little endian, whatever
 * machine wrote them.
 */
final class LegacyCheckpoint implements TorchMeaning.Storages {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private final Path file;
  private final FileRead bytes;
  private final Map<String, Storage> storages = new LinkedHashMap<>();

  private LegacyCheckpoint(Path file, FileRead bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Reads all but the storages.
   *
   * @throws PmfException if it is broken or no checkpoint
   */
  static Checkpoint read(Path file, FileRead bytes) {
    return new LegacyCheckpoint(file, bytes).read();
  }

  private Checkpoint read() {
    PickleInput input = new PickleInput(file, bytes::bytes, 0, bytes.size());
    TorchMeaning meaning = new TorchMeaning(file, this);
    if (!MAGIC.equals(Unpickler.read(input, meaning))) {
      throw PmfException.input(
          file
              + ": is a pickle, but not one of torch.save; save the tensors alone in Python with"
              + " torch.save(model.state_dict(), file)");
    }
    if (!Long.valueOf(VERSION).equals(Unpickler.read(input, meaning))) {
      throw broken("its version is not " + VERSION);
    }
    Unpickler.read(input, meaning);
    Object root = Unpickler.read(input, meaning);
    if (!(Unpickler.read(input, meaning) instanceof PickleList keys)) {
      throw broken("the keys of its storages are no list");
    }
    return new Checkpoint(root, positions(keys.values(), input.position()), false);
  }

  private Map<String, Long> positions(List<Object> keys, long from) {
    Map<String, Long> positions = new LinkedHashMap<>();
    long at = from;
    for (Object key : keys) {
      Storage storage = storages.get(key);
      if (storage == null || positions.containsKey(storage.key())) {
        throw broken("it holds a storage that nothing asks for, or one twice");
      }
      if (bytes.size() - at < Long.BYTES) {
        throw truncated(storage);
      }
      long elements =
          ByteBuffer.wrap(bytes.bytes(at, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (elements != storage.elements()) {
        throw broken(
            String.format(
                Locale.ROOT,
                "storage %s should have %d elements, but has %d",
                Shown.plain(storage.key()),
                storage.elements(),
                elements));
      }
      at += Long.BYTES;
      if (storage.bytes() > bytes.size() - at) {
        throw truncated(storage);
      }
      positions.put(storage.key(), at);
      at += storage.bytes();
    }
    if (positions.size() != storages.size()) {
      throw broken("some of its storages are not there");
    }
    return positions;
  }

  @Override
  public void add(Storage storage, List<Object> more) {
    if (more.stream().anyMatch(m -> m != PickleNone.NONE)) {
      throw PmfException.input(
          file
              + ": has views of storages as PyTorch before 0.4 wrote them, which are not read; load"
              + " it and save it again with a later one");
    }
    Storage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw broken("storage " + Shown.plain(storage.key()) + " has two sizes or types");
    }
  }

  private PmfException truncated(Storage storage) {
    return broken(
        String.format(
            Locale.ROOT,
            "storage %s of %d bytes ends after the file; is it truncated?",
            Shown.plain(storage.key()),
            storage.bytes()));
  }

  private PmfException broken(String what) {
    return PmfException.input(file + ": broken PyTorch file: " + what);
  }
}
