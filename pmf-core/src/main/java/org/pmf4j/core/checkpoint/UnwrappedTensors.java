package org.pmf4j.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.store.TensorInfo;
import org.pmf4j.core.store.TensorStore;

/**
 * Tensors whose names lack what training's wrappers put before them: {@code module.} of
 * DataParallel, {@code _orig_mod.} of torch.compile, {@code 0.auto_model.} of
 * sentence-transformers, {@code model.} of Lightning and of one's own modules. Tensors without a
 * prefix, such as those of a head beside the wrapped encoder, keep their names. Several threads may
 * use it at once.
 */
public final class UnwrappedTensors implements TensorStore {
  private static final List<String> WRAPPERS =
      List.of("module.", "_orig_mod.", "0.auto_model.", "model.");
  private static final int MOST_WRAPPERS = 4;

  private final TensorStore wrapped;
  private final Map<String, String> inFile;

  private UnwrappedTensors(TensorStore wrapped, Map<String, String> inFile) {
    this.wrapped = wrapped;
    this.inFile = inFile;
  }

  /**
   * Takes the wrappers' prefixes off, one after another.
   *
   * @param store the tensors, which are closed with what is returned, or at once if this fails
   * @param own the prefix of the encoder's own task models, such as {@code bert.}, which stays
   * @return the store itself if no name has such a prefix
   * @throws PmfException if two tensors would have the same name
   */
  public static TensorStore of(TensorStore store, String own) {
    Map<String, String> inFile = new LinkedHashMap<>();
    store.names().forEach(name -> inFile.put(name, name));
    Map<String, String> names = inFile;
    try {
      for (int i = 0; i < MOST_WRAPPERS; i++) {
        Optional<String> wrapper = wrapper(names.keySet(), own);
        if (wrapper.isEmpty()) {
          break;
        }
        names = without(wrapper.get(), names, store.source());
      }
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
    return names == inFile ? store : new UnwrappedTensors(store, names);
  }

  /** A name without the wrappers' prefixes that it begins with. */
  public static String unwrapped(String name) {
    return WRAPPERS.stream()
        .filter(name::startsWith)
        .map(wrapper -> unwrapped(name.substring(wrapper.length())))
        .findFirst()
        .orElse(name);
  }

  private static Optional<String> wrapper(Set<String> names, String own) {
    return WRAPPERS.stream()
        .filter(
            wrapper -> {
              // Some families have a module of that name themselves
              String sign = own.startsWith(wrapper) ? wrapper + own : wrapper;
              return names.stream().anyMatch(n -> n.startsWith(sign));
            })
        .findFirst();
  }

  private static Map<String, String> without(
      String wrapper, Map<String, String> names, Path source) {
    Map<String, String> without = new LinkedHashMap<>();
    names.forEach(
        (name, inFile) -> {
          String plain = name.startsWith(wrapper) ? name.substring(wrapper.length()) : name;
          String twin = without.putIfAbsent(plain, inFile);
          if (twin != null) {
            throw PmfException.input(
                String.format(
                    Locale.ROOT,
                    "%s: tensor %s is there twice, as %s and as %s; leave one of them out",
                    source,
                    Shown.plain(plain),
                    Shown.plain(twin),
                    Shown.plain(inFile)));
          }
        });
    return without;
  }

  @Override
  public Path source() {
    return wrapped.source();
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(inFile.keySet());
  }

  @Override
  public Map<String, String> metadata() {
    return wrapped.metadata();
  }

  @Override
  public TensorInfo info(String name) {
    return wrapped.info(inFile.getOrDefault(name, name));
  }

  @Override
  public HostTensor read(String name, IntFunction<ByteBuffer> memory) {
    return wrapped.read(inFile.getOrDefault(name, name), memory);
  }

  @Override
  public void close() {
    wrapped.close();
  }
}
