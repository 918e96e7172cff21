package org.example;

import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.run.TrainConfig;

/** Trains on a table, saves, loads and predicts. */
public final class Consumer {
  private Consumer() {}

  public static void main(String[] args) {
    Path samples = Path.of(args[0]);
    Path out = Path.of(args[1]);
    try (Pmf pmf = Pmf.open()) {
      pmf.train(
          TrainConfig.builder()
              .data(samples.resolve("curve/train.csv"))
              .encoder("image", samples.resolve("encoders/image-16"))
              .encoder("text", samples.resolve("encoders/text-16"))
              .out(out)
              .build());
      try (Classifier classifier = pmf.load(out)) {
        Map<String, Source> row =
            Map.of(
                "image", new Source.File(samples.resolve("curve/images/00.png")),
                "text", new Source.Text("a circle"));
        System.out.println("probabilities " + classifier.predict(row).probabilities());
      }
    }
    System.out.println("module " + Consumer.class.getModule().getName());
  }
}
