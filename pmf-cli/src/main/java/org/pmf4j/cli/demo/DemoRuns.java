package org.pmf4j.cli.demo;

import java.util.List;
import java.util.Optional;
import org.pmf4j.cli.demo.signs.SignFiles;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.TrainSettings;

/**
 * What is trained, on which files.
 *
 * @param folder where everything is
 * @param plan sizes and settings
 */
record DemoRuns(DemoFolder folder, DemoPlan plan) {
  private static final String IMAGE = "image";
  private static final String TEXT = "text";

  /**
   * A way to answer the questions.
   *
   * @param name for tables
   * @param config how it is trained
   */
  record Contender(String name, TrainConfig config) {}

  /** The image encoder, which learns to tell what colour each part has. */
  PretrainConfig imageEncoder() {
    SignFiles data = folder.data();
    return new PretrainConfig(
        IMAGE,
        new InitialEncoder.Scratch("vit", plan.image()),
        data.pictures(),
        Optional.of(data.picturesValidation()),
        folder.encoder(IMAGE),
        PretrainConfig.Goal.MULTI_LABEL,
        true,
        plan.imageTraining(),
        false);
  }

  /** The text encoder, which learns to tell which part is asked about. */
  PretrainConfig textEncoder() {
    SignFiles data = folder.data();
    return new PretrainConfig(
        TEXT,
        new InitialEncoder.Scratch("bert", plan.text()),
        data.questions(),
        Optional.of(data.questionsValidation()),
        folder.encoder(TEXT),
        PretrainConfig.Goal.SINGLE_LABEL,
        true,
        plan.textTraining(),
        false);
  }

  /** Probes of each encoder alone and of both. */
  List<Contender> probes() {
    return List.of(
        new Contender("text alone, linear", probe("text-alone", TEXT)),
        new Contender("image alone, linear", probe("image-alone", IMAGE)),
        new Contender("both side by side, linear", probe("side-by-side", IMAGE, TEXT)));
  }

  /** The fusion that this framework is about. */
  Contender pmf() {
    TrainConfigBuilder config =
        builder("pmf", plan.pmfTraining(), IMAGE, TEXT).setting("mapping-activation", "gelu");
    return new Contender("PMF", config.build());
  }

  private TrainConfig probe(String name, String... modalities) {
    return builder(name, plan.probeTraining(), modalities).method("linear-probe").build();
  }

  private TrainConfigBuilder builder(String name, TrainSettings training, String... modalities) {
    SignFiles data = folder.data();
    CacheConfig cache = new CacheConfig(Optional.of(folder.cache()), CacheConfig.DEFAULT.storage());
    TrainConfigBuilder builder =
        TrainConfig.builder()
            .data(data.train())
            .validation(data.validation())
            .out(folder.model(name))
            .training(training)
            .probes(false)
            .cache(cache);
    for (String modality : modalities) {
      builder.encoder(modality, folder.encoder(modality));
    }
    return builder;
  }
}
