package org.pmf4j.cli.serve;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.serve.model.ModelPlaces;
import picocli.CommandLine.Option;

/** Which models are served. For one thread at a time. */
public final class ModelPlaceOptions {
  @Option(
      names = "--models",
      paramLabel = "DIR",
      description =
          "a folder of models, each a folder that 'pmf train' wrote; those that come, change or go"
              + " are noticed within a second or two")
  private Path models;

  @Option(
      names = "--model",
      paramLabel = "NAME=DIR",
      description = "a model and its name; may be given several times")
  private Map<String, Path> named = new LinkedHashMap<>();

  /**
   * Where they are.
   *
   * @throws PmfException if none is named
   */
  ModelPlaces places() {
    if (models == null && named.isEmpty()) {
      throw PmfException.usage("name the models by --models DIR, or by --model NAME=DIR");
    }
    return new ModelPlaces(Optional.ofNullable(models), named);
  }
}
