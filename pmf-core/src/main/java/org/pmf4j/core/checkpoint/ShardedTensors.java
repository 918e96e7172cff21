package org.pmf4j.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.store.TensorInfo;
import org.pmf4j.core.store.TensorStore;

/** The shards that an index such as {@code model.safetensors.index.json} lists, as one. */
final class ShardedTensors implements TensorStore {
  private final Path index;
  private final Map<String, TensorStore> byTensor;

  private ShardedTensors(Path index, Map<String, TensorStore> byTensor) {
    this.index = index;
    this.byTensor = byTensor;
  }

  /** The files that an index lists, without duplicates, sorted by name. */
  static Set<Path> shards(Path index) {
    Set<Path> files = new TreeSet<>();
    weightMap(index).values().forEach(name -> files.add(index.resolveSibling(name)));
    return files;
  }

  /**
   * Opens all shards.
   *
   * @param opener opens one of them
   */
  static ShardedTensors open(Path index, Function<Path, TensorStore> opener) {
    Map<String, TensorStore> files = new LinkedHashMap<>();
    Map<String, TensorStore> byTensor = new LinkedHashMap<>();
    try {
      fill(index, opener, files, byTensor);
    } catch (RuntimeException e) {
      files.values().forEach(TensorStore::close);
      throw e;
    }
    return new ShardedTensors(index, byTensor);
  }

  private static void fill(
      Path index,
      Function<Path, TensorStore> opener,
      Map<String, TensorStore> files,
      Map<String, TensorStore> byTensor) {
    weightMap(index)
        .forEach(
            (tensor, name) -> {
              TensorStore shard = files.computeIfAbsent(name, n -> opener.apply(shard(index, n)));
              if (!shard.names().contains(tensor)) {
                throw PmfException.input(
                    String.format(
                        Locale.ROOT,
                        "%s: tensor %s should be in %s, but is not there",
                        index,
                        tensor,
                        name));
              }
              byTensor.put(tensor, shard);
            });
  }

  private static Path shard(Path index, String name) {
    Path file = index.resolveSibling(name);
    if (!Files.exists(file)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the shard %s is missing; copy all files of the model",
              index,
              name));
    }
    return file;
  }

  private static Map<String, String> weightMap(Path index) {
    EncoderConfig map = EncoderConfig.read(index).object("weight_map").orElse(null);
    if (map == null || map.values().isEmpty()) {
      throw PmfException.input(index + ": \"weight_map\" is missing or empty");
    }
    Map<String, String> names = new LinkedHashMap<>();
    map.values()
        .forEach(
            (tensor, file) -> {
              if (!(file instanceof String name) || !isFileName(index, name)) {
                throw PmfException.input(
                    String.format(
                        Locale.ROOT,
                        "%s: tensor %s has no plain file name but %s",
                        index,
                        Quoted.of(tensor),
                        Quoted.of(file)));
              }
              names.put(tensor, name);
            });
    return names;
  }

  /** Not a path, which would reach out of the model's folder, nor what no file can be called. */
  private static boolean isFileName(Path index, String name) {
    try {
      return !name.isEmpty()
          && name.chars().noneMatch(c -> c == '/' || c == '\\')
          && index.resolveSibling(name).getFileName().toString().equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public Path source() {
    return index;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(byTensor.keySet());
  }

  @Override
  public Map<String, String> metadata() {
    return byTensor.values().iterator().next().metadata();
  }

  @Override
  public TensorInfo info(String name) {
    return shardOf(name).info(name);
  }

  @Override
  public HostTensor read(String name, IntFunction<ByteBuffer> memory) {
    return shardOf(name).read(name, memory);
  }

  private TensorStore shardOf(String name) {
    TensorStore shard = byTensor.get(name);
    if (shard == null) {
      throw PmfException.input(
          String.format(
              Locale.ROOT, "%s: there is no tensor %s among its %d", index, name, byTensor.size()));
    }
    return shard;
  }

  @Override
  public void close() {
    byTensor.values().forEach(TensorStore::close);
  }
}
