package org.pmf4j.core.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.TrainSettings;

/** Tiny models over the same two encoders, and what they are asked. */
final class PoolModels {
  private PoolModels() {}

  /** "a" and "b" are of one make; "c" has a fusion layer less. */
  static Map<String, Path> three(Pmf pmf, Path folder) {
    Map<String, Path> models = new LinkedHashMap<>();
    models.put("a", model(pmf, folder, "a", 2, 1));
    models.put("b", model(pmf, folder, "b", 2, 2));
    models.put("c", model(pmf, folder, "c", 1, 3));
    return models;
  }

  static Path model(Pmf pmf, Path folder, String name, int fusionLayers, long seed) {
    Path out = folder.resolve(name);
    TrainConfigBuilder config =
        TrainConfig.builder()
            .data(TinyEncoders.table())
            .out(out)
            .cache(CacheConfig.NONE)
            .setting("fusion-layers", fusionLayers)
            .training(
                TrainSettings.DEFAULT.with("epochs", 1).with("batch-size", 16).with("seed", seed))
            .probes(false);
    TinyEncoders.directories().forEach(config::encoder);
    pmf.train(config.build());
    return out;
  }

  /** Rows of which some lack a modality, with their files' bytes. */
  static List<Example> examples(Pmf pmf, Path model) {
    try (Classifier classifier = pmf.load(model)) {
      List<Example> all = new ArrayList<>();
      for (Example row : classifier.read(TinyEncoders.table(), Table.Labelled.OPTIONAL)) {
        Map<String, Source> sources = new LinkedHashMap<>();
        row.sources().forEach((m, s) -> sources.put(m, inMemory(s)));
        Example whole = Example.of(sources);
        all.add(
            all.size() % 5 == 3
                ? whole.without(Set.of("image"))
                : all.size() % 5 == 4 ? whole.without(Set.of("text")) : whole);
      }
      return all;
    }
  }

  private static Source inMemory(Source source) {
    try {
      return source instanceof Source.File file
          ? new Source.Bytes(file.path().getFileName().toString(), Files.readAllBytes(file.path()))
          : source;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Prediction> predictions(Pmf pmf, Path model, List<Example> examples) {
    try (Classifier classifier = pmf.load(model)) {
      return classifier.predict(examples, Progress.SILENT);
    }
  }
}
