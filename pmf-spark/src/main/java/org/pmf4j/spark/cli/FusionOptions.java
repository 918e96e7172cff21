package org.pmf4j.spark.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.spark.Precisions;
import org.pmf4j.spark.executor.Engine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which encoders are fused, how, and where their outputs are kept. */
final class FusionOptions {
  @Option(
      names = "--encoder",
      required = true,
      paramLabel = "NAME=PLACE",
      description = "an encoder's folder on any Hadoop file system, or hf:ORG/NAME")
  private Map<String, String> encoders = new LinkedHashMap<>();

  @Option(
      names = "--cache",
      required = true,
      paramLabel = "PLACE",
      description = "folder of all caches on any Hadoop file system, which executors fill")
  private String cache;

  @Option(names = "--method", paramLabel = "NAME", description = "fusion method (default: pmf)")
  private String method = "pmf";

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting of the method")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--encoder-setting",
      paramLabel = "NAME.SETTING=VALUE",
      description = "a setting of an encoder")
  private Map<String, String> encoderSettings = new LinkedHashMap<>();

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description = "fp32, or bf16, of the encoders' matrices (default: ${DEFAULT-VALUE})")
  private String precision = Precisions.SINGLE;

  @Mixin private EngineOptions engine = new EngineOptions();

  Map<String, String> encoders() {
    return encoders;
  }

  String cache() {
    return cache;
  }

  Engine engine() {
    return engine.engine();
  }

  /** A run's configuration with what was chosen, but for the encoders' places. */
  TrainConfigBuilder settle(TrainConfigBuilder config) {
    config.method(method).precision(Precisions.named(precision));
    settings.forEach(config::setting);
    encoderSettings.forEach(
        (name, value) -> {
          int dot = name.lastIndexOf('.');
          if (dot < 1) {
            throw PmfException.usage("--encoder-setting takes NAME.SETTING=VALUE, got " + name);
          }
          config.encoderSetting(name.substring(0, dot), name.substring(dot + 1), value);
        });
    return config;
  }
}
