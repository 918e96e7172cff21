package org.example;

import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.Classifier;

/** Loads a model that another process has trained, and predicts. */
public final class Consumer {
  private Consumer() {}

  public static void main(String[] args) {
    Path samples = Path.of(args[0]);
    try (Pmf pmf = Pmf.open("ort", BackendOptions.DEFAULT);
        Classifier classifier = pmf.load(Path.of(args[1]))) {
      Map<String, Source> row =
          Map.of(
              "image", new Source.File(samples.resolve("curve/images/00.png")),
              "text", new Source.Text("a circle"));
      System.out.println("probabilities " + classifier.predict(row).probabilities());
      ProcessHandle.current()
          .info()
          .totalCpuDuration()
          .ifPresent(time -> System.out.println("processor time " + time.toMillis() + " ms"));
    }
  }
}
