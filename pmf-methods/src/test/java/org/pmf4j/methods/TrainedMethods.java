package org.pmf4j.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.testkit.checking.Violations;

/**
 * Short trainings on the 16 pictures and texts of {@code parity/pmf}, on a backend inside its
 * checks.
 *
 * @param pmf the framework on that backend
 */
record TrainedMethods(Pmf pmf) implements AutoCloseable {
  private static final Path ROOT = BenchFiles.METHODS.resolveSibling("parity/pmf");

  /** 16 rows of image, text, label. */
  static final Path TABLE = ROOT.resolve("curve/train.csv");

  static TrainedMethods on(String backend) {
    return new TrainedMethods(Pmf.open(backend, BackendOptions.DEFAULT));
  }

  /** Two epochs over the table; {@code unimodal} has the text alone. */
  static TrainConfigBuilder config(String method, Path out) {
    TrainConfigBuilder b =
        TrainConfig.builder()
            .method(method)
            .data(TABLE)
            .validation(TABLE)
            .out(out)
            .cache(CacheConfig.NONE)
            .training(settings());
    if (!method.equals("unimodal")) {
      b.encoder("image", encoder("image"));
    }
    return b.encoder("text", encoder("text"));
  }

  static Path encoder(String modality) {
    return ROOT.resolve("encoders").resolve(modality + "-16");
  }

  static TrainSettings settings() {
    return TrainSettings.DEFAULT.with("epochs", 2).with("batch-size", 4).with("seed", 3);
  }

  /** The table with some cells blank, such that rows of all three patterns are there. */
  static Path withGaps(Path folder) throws IOException {
    List<String> rows = Files.readAllLines(TABLE);
    List<String> gaps = new ArrayList<>(List.of(rows.get(0)));
    for (int i = 1; i < rows.size(); i++) {
      String row = rows.get(i);
      int first = row.indexOf(',');
      int last = row.lastIndexOf(',');
      String image = i % 4 == 1 ? "" : TABLE.resolveSibling(row.substring(0, first)).toString();
      String text = i % 4 == 2 ? "," : row.substring(first, last);
      gaps.add(image + text + row.substring(last));
    }
    return Files.write(folder.resolve("gaps.csv"), gaps);
  }

  /** The saved tensors of a model. */
  static Map<String, HostTensor> adapter(Path model) {
    return tensors(model.resolve("adapter_model.safetensors"));
  }

  static Map<String, HostTensor> tensors(Path file) {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    try (SafetensorsFile f = SafetensorsFile.open(file)) {
      f.names().forEach(name -> all.put(name, f.tensor(name)));
    }
    return all;
  }

  /** Closes the backend, and fails on what was left open on it. */
  @Override
  public void close() {
    pmf.close();
    assertThat(Violations.OF_PROCESS.take()).extracting(Throwable::getMessage).isEmpty();
  }
}
