package org.pmf4j.core.encoder;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.checkpoint.EncoderFiles;
import org.pmf4j.core.checkpoint.UnwrappedTensors;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.store.TensorInfo;
import org.pmf4j.core.store.TensorStore;

/**
 * An encoder's weights in its files, found by the names that a family asks for, with or without the
 * prefix under which a task head was saved beside them. For the one thread that loads the encoder.
 *
 * @param store the files
 * @param alternative prefix under which names may stand, such as {@code bert.}
 */
public record StoredWeights(TensorStore store, String alternative) {

  /**
   * Opens the weights of an encoder directory, and takes the prefixes of training's wrappers off
   * their names.
   *
   * @param directory as {@code save_pretrained} writes it
   * @param alternative prefix under which names may stand, such as {@code bert.}
   * @throws PmfException if there are no weights that are read, or if one of the files is broken
   */
  public static StoredWeights open(Path directory, String alternative) {
    TensorStore store = EncoderFiles.of(directory).open();
    return new StoredWeights(UnwrappedTensors.of(store, alternative), alternative);
  }

  /** True if there is a weight of this name. */
  public boolean has(String name) {
    return find(name).isPresent();
  }

  private Optional<String> find(String name) {
    // The last for families whose own names begin as a wrapper's do
    return Stream.of(alternative + name, name, UnwrappedTensors.unwrapped(name))
        .filter(store.names()::contains)
        .findFirst();
  }

  /**
   * The name in the files. Below the prefix first: there, a head beside it may have a part of the
   * plain name.
   *
   * @throws PmfException naming file and tensor, if there is none
   */
  public String key(String name) {
    return find(name).orElseThrow(() -> missing(name));
  }

  private PmfException missing(String name) {
    String what =
        String.format(
            Locale.ROOT,
            "%s: tensor %s is missing (nor is there %s)",
            store.source(),
            name,
            alternative + name);
    return PmfException.input(
        prefix(name)
            .map(
                prefix ->
                    String.format(
                        Locale.ROOT,
                        "%s, but %s is there; take %s off all names in Python and save the model again",
                        what,
                        Shown.plain(prefix + name),
                        Shown.quoted(prefix)))
            .orElse(what + "; is this a model of another kind or an incomplete copy?"));
  }

  /** What stands before the name, and before those of most tensors. */
  private Optional<String> prefix(String name) {
    Set<String> names = store.names();
    return names.stream()
        .filter(n -> n.endsWith("." + name))
        .map(n -> n.substring(0, n.length() - name.length()))
        .filter(p -> names.stream().filter(n -> n.startsWith(p)).count() * 2 > names.size())
        .findFirst();
  }

  /**
   * Names of tensors in the files that are left over, in order.
   *
   * @param used names in the files that were asked for
   * @param ignorable true for those that nobody misses
   */
  List<String> unused(Set<String> used, Predicate<String> ignorable) {
    TreeSet<String> rest = new TreeSet<>(store.names());
    rest.removeAll(used);
    rest.removeIf(ignorable);
    return List.copyOf(rest);
  }

  /**
   * A weight.
   *
   * @param key its name in the files
   * @param dims the shape it must have
   * @return its value, FLOAT32
   * @throws PmfException naming file and tensor, if shape or type do not fit
   */
  public HostTensor value(String key, long... dims) {
    return checked(key, store.tensor(key), dims);
  }

  /** The same, read into memory as {@link TensorStore#read} does. */
  HostTensor read(String key, IntFunction<ByteBuffer> memory, long... dims) {
    return checked(key, store.read(key, memory), dims);
  }

  private HostTensor checked(String key, HostTensor value, long... dims) {
    requireShape(key, value.shape(), dims);
    requireFloat(key, value.dtype(), value.dtype());
    return value;
  }

  /**
   * Checks a weight by the files' headers alone.
   *
   * @throws PmfException naming file and tensor, if shape or type do not fit
   */
  void check(String key, long... dims) {
    TensorInfo info = store.info(key);
    requireShape(key, info.shape(), dims);
    requireFloat(key, info.readAs().orElse(null), info.type());
  }

  private void requireShape(String key, Shape found, long... dims) {
    if (!found.equals(Shape.of(dims))) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: tensor %s has shape %s, but config.json asks for %s",
              store.source(),
              key,
              found,
              Shape.of(dims)));
    }
  }

  private void requireFloat(String key, DType readAs, Object found) {
    if (readAs != DType.FLOAT32) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: tensor %s has type %s; weights must be F32, F16 or BF16",
              store.source(),
              key,
              found));
    }
  }
}
