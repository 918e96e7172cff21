package org.pmf4j.core.trunk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;
import org.pmf4j.core.data.ContentHash;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.pipeline.Prefetch;
import org.pmf4j.core.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the trunk of every distinct sample once and keeps it on disk. A sample is run alone,
 * never in a batch, so that its bits do not depend on what else was computed with it or when.
 * Several threads may prepare and place samples at once; one at a time may fill the cache.
 */
public final class CachedTrunks implements Trunks {
  private static final Logger LOG = LoggerFactory.getLogger(CachedTrunks.class);

  /**
   * How many samples are in the backend's memory at once, whatever the processors: a sample's
   * operations use several threads anyway, and of a large encoder each sample takes hundreds of
   * megabytes.
   */
  static final int COMPUTED_AT_ONCE = 3;

  private final Semaphore computing = new Semaphore(COMPUTED_AT_ONCE);
  private final Backend backend;
  private final Named<LoadedEncoder> encoders;
  private final Map<String, TrunkStore> stores = new LinkedHashMap<>();
  private final Map<String, TrunkProgram> programs = new LinkedHashMap<>();
  private final Map<String, EntryFiles.Hold> holds = new LinkedHashMap<>();
  private final BatchMemory memory = new BatchMemory();
  private final Map<Source, String> keys = new ConcurrentHashMap<>();
  private final Map<String, Integer> lengths = new ConcurrentHashMap<>();

  /** What is kept of a sample. */
  public enum Content {
    /** The states that enter the first fusion layer. */
    STATES,
    /**
     * The states and what that layer has settled about them: about three times the space, and a
     * training step has less to compute.
     */
    ATTENTION
  }

  /** How it is kept on disk. */
  public enum Storage {
    /** Bit for bit. */
    FP32(TrunkEntry.Precision.FLOAT32),
    /** Half the space; not bit-exact. */
    FP16(TrunkEntry.Precision.FLOAT16);

    private final TrunkEntry.Precision precision;

    Storage(TrunkEntry.Precision precision) {
      this.precision = precision;
    }
  }

  /**
   * Trunks of some encoders, which stay the caller's.
   *
   * @param root folder of all caches; several runs may share it
   * @param fusionLayers by modality, number of last layers that are not trunk
   */
  public CachedTrunks(
      Backend backend,
      Named<LoadedEncoder> encoders,
      Named<Integer> fusionLayers,
      Path root,
      Storage storage,
      Content content) {
    this(
        backend,
        encoders,
        fusionLayers,
        name -> new LocalEntries(root.resolve(name)),
        storage,
        content);
  }

  /**
   * The same, which lie wherever is told.
   *
   * @param caches by the name of a cache, its entries; several runs may share them
   */
  public CachedTrunks(
      Backend backend,
      Named<LoadedEncoder> encoders,
      Named<Integer> fusionLayers,
      Function<String, EntryFiles> caches,
      Storage storage,
      Content content) {
    this.backend = backend;
    this.encoders = encoders;
    encoders
        .asMap()
        .forEach(
            (m, e) -> {
              int depth = e.encoder().depth() - fusionLayers.get(m);
              String name = name(e, depth, storage, content);
              String identity = name + "\n" + identity(e);
              stores.put(m, new TrunkStore(caches.apply(name), identity, storage.precision));
              programs.put(
                  m,
                  content == Content.ATTENTION
                      ? TrunkProgram.settling(backend, e.encoder(), depth)
                      : TrunkProgram.of(backend, e.encoder(), depth));
            });
  }

  private static String name(LoadedEncoder e, int depth, Storage storage, Content content) {
    String what = identity(e);
    return String.format(
        Locale.ROOT,
        "%s-%s-layer%d-%s%s%s",
        e.directory().modelType(),
        ContentHash.of(what).substring(0, 24),
        depth,
        storage.name().toLowerCase(Locale.ROOT),
        e.precision().suffix(),
        content == Content.ATTENTION ? "-attention" : "");
  }

  private static String identity(LoadedEncoder e) {
    String all = e.directory().fingerprint() + "\n" + e.preprocessor().fingerprint();
    Set<String> inFloat = e.keptInFloat();
    return inFloat.isEmpty() ? all : all + "\nin float: " + new TreeSet<>(inFloat);
  }

  /**
   * Where an encoder's outputs, or copies of them, are kept on this machine.
   *
   * @throws NoSuchElementException if they are kept elsewhere alone
   */
  public Path folder(String modality) {
    return files(modality).folder().orElseThrow();
  }

  private EntryFiles files(String modality) {
    return stores.get(modality).files();
  }

  /**
   * Computes what is missing for these examples.
   *
   * @throws PmfException naming the sample that cannot be read, or the file that cannot be written;
   *     if the thread is interrupted, which it stays
   */
  public void fill(List<Example> examples, Progress progress) {
    fill(examples, progress, Runtime.getRuntime().availableProcessors());
  }

  /** Does so with as many threads as so many processors are given. */
  void fill(List<Example> examples, Progress progress, int processors) {
    for (String m : encoders.names()) {
      hold(m, examples);
      List<Map.Entry<String, Example>> work = List.copyOf(missing(m, examples).entrySet());
      LOG.info(
          "{}: {} rows have {}; {} samples of it are to be computed, all others are kept",
          files(m),
          examples.stream().filter(e -> e.source(m).isPresent()).count(),
          m,
          work.size());
      try (Prefetch<Integer> stored =
              new Prefetch<>(
                  0,
                  work.size(),
                  i -> store(m, work.get(i).getKey(), work.get(i).getValue()),
                  processors);
          Progress.Bar bar = progress.begin("trunk " + m, work.size(), "samples")) {
        for (Map.Entry<String, Example> w : work) {
          progress.checkStop("while the cache was filled; what it holds stays");
          lengths.put(m + w.getKey(), stored.take());
          bar.advance(1, "");
        }
      }
    }
  }

  private void hold(String m, List<Example> examples) {
    if (examples.stream().anyMatch(e -> e.source(m).isPresent())) {
      hold(m);
    }
  }

  private void hold(String m) {
    holds.computeIfAbsent(m, n -> files(n).hold(encoders.get(n).directory().path()));
  }

  /** Holds all caches from now on until this is closed, so that they are not removed. */
  public void hold() {
    encoders.names().forEach(this::hold);
  }

  /**
   * Computes and keeps what is missing of one example, and, unlike {@link #fill}, remembers nothing
   * of it: for any number of examples, and on any number of threads.
   *
   * @return how many samples were computed
   * @throws PmfException as {@link #fill} does
   */
  public int keep(Example example) {
    int computed = 0;
    for (String m : encoders.names()) {
      if (example.source(m).isPresent()) {
        String key = key(m, example, CachedTrunks::contentHash);
        if (stores.get(m).tokens(key) < 0) {
          store(m, key, example);
          computed++;
        }
      }
    }
    return computed;
  }

  /** Computes and writes one sample, on any thread; returns its number of tokens. */
  private int store(String m, String key, Example example) {
    TrunkOutput<HostTensor> trunk = compute(m, example);
    stores.get(m).write(key, trunk);
    return Math.toIntExact(trunk.states().shape().dim(0));
  }

  /** By key that is not kept yet, the first example that has such a source. */
  private Map<String, Example> missing(String m, List<Example> examples) {
    Map<String, Example> missing = new LinkedHashMap<>();
    for (Example example : examples.stream().filter(e -> e.source(m).isPresent()).toList()) {
      String key = key(m, example);
      if (!lengths.containsKey(m + key)) {
        int tokens = stores.get(m).tokens(key);
        if (tokens < 0) {
          missing.putIfAbsent(key, example);
        } else {
          lengths.put(m + key, tokens);
        }
      }
    }
    return missing;
  }

  private TrunkOutput<HostTensor> compute(String m, Example example) {
    Preprocessor p = encoders.get(m).preprocessor();
    Named<HostTensor> prepared = p.collate(List.of(example.prepare(m, p)));
    try {
      computing.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PmfException.environment("interrupted while the trunk cache was filled", e);
    }
    try {
      return compute(m, prepared);
    } finally {
      computing.release();
    }
  }

  private TrunkOutput<HostTensor> compute(String m, Named<HostTensor> prepared) {
    TrunkOutput<Tensor> out = programs.get(m).run(prepared);
    try {
      return RealTokens.of(out.map(backend::read));
    } finally {
      out.tensors().forEach(Tensor::close);
    }
  }

  @Override
  public Batch<HostTensor> prepare(List<Example> examples) {
    Named<ModalityInput<HostTensor>> all = Named.none();
    for (String m : ModalityPattern.common(examples, encoders.names()).modalities()) {
      List<TrunkOutput<HostTensor>> samples = examples.stream().map(e -> sample(m, e)).toList();
      all = all.with(m, Padding.stack(samples, memory));
    }
    return Batch.of(all);
  }

  private TrunkOutput<HostTensor> sample(String m, Example example) {
    TrunkOutput<HostTensor> trunk = stores.get(m).read(key(m, example));
    if (trunk == null) {
      // Not filled, or broken since: compute it now, to the same bits.
      LOG.info("{}: a sample of {} is not kept, or broken, and is computed now", files(m), m);
      trunk = compute(m, example);
      stores.get(m).write(key(m, example), trunk);
    }
    return trunk;
  }

  @Override
  public Batch<Tensor> place(Batch<HostTensor> prepared) {
    return prepared.map(backend::tensor);
  }

  @Override
  public void release(Batch<HostTensor> prepared) {
    prepared.tensors().forEach(memory::giveBack);
  }

  @Override
  public int length(Example example) {
    int n = 0;
    for (String m : encoders.names()) {
      n += example.source(m).map(s -> lengths.getOrDefault(m + key(m, example), 0)).orElse(0);
    }
    return n;
  }

  @Override
  public void close() {
    programs.values().forEach(TrunkProgram::close);
    holds.values().forEach(EntryFiles.Hold::close);
    holds.clear();
  }

  private String key(String m, Example example) {
    return key(m, example, source -> keys.computeIfAbsent(source, CachedTrunks::contentHash));
  }

  private static String key(String m, Example example, Function<Source, String> hash) {
    try {
      Source source = example.requireSource(m);
      return source instanceof Source.Stored kept ? kept.sha256() : hash.apply(source);
    } catch (PmfException e) {
      throw example.at(m, e);
    }
  }

  private static String contentHash(Source source) {
    return SourceHash.ofMemory(source).orElseGet(() -> ofFile(((Source.File) source).path()));
  }

  private static String ofFile(Path path) {
    if (Files.isDirectory(path)) {
      return FolderContent.hash(path);
    }
    try {
      return ContentHash.of(Files.readAllBytes(path));
    } catch (IOException e) {
      throw FileErrors.cannotRead(path, e);
    }
  }
}
