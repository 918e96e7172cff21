package org.pmf4j.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.cli.option.Choice;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.trunk.CachedTrunks;
import picocli.CommandLine.Option;

/** Whether and where trunk outputs are kept; of two options that disagree the later one holds. */
final class CacheOptions {
  private Optional<Path> root = CacheConfig.DEFAULT.root();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "folder that keeps the outputs of the frozen layers below the fused ones"
              + " (default: $PMF_CACHE, else ~/.cache/pmf)")
  void cache(Path folder) {
    if (folder != null) {
      root = Optional.of(folder);
    }
  }

  @Option(names = "--no-cache", description = "compute the frozen layers anew in every epoch")
  void noCache(boolean on) {
    if (on) {
      root = Optional.empty();
    }
  }

  @Option(
      names = "--cache-precision",
      paramLabel = "TYPE",
      converter = Storage.class,
      description = "fp32, or fp16 for half the space (default: fp32)")
  private CachedTrunks.Storage storage = CacheConfig.DEFAULT.storage();

  @Option(
      names = "--cache-content",
      paramLabel = "KIND",
      converter = Content.class,
      description =
          "attention keeps of each sample what the first fusion layer's attention makes of it;"
              + " states alone takes a third of the space, and steps take longer"
              + " (default: attention)")
  private CachedTrunks.Content content = CacheConfig.DEFAULT.content();

  CacheConfig config() {
    return new CacheConfig(root, storage, content);
  }

  /** {@code attention} or {@code states}. */
  static final class Content extends Choice<CachedTrunks.Content> {
    Content() {
      super(CachedTrunks.Content.class);
    }
  }

  /** {@code fp32} or {@code fp16}. */
  static final class Storage extends Choice<CachedTrunks.Storage> {
    Storage() {
      super(CachedTrunks.Storage.class);
    }
  }
}
