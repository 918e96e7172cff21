package org.pmf4j.cli.option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.model.SavedModel;
import picocli.CommandLine.Option;

/** A trained model, and where its encoders are. For one thread at a time. */
public final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "a folder that 'pmf train' wrote")
  private Path model;

  @Option(
      names = "--encoder",
      paramLabel = "NAME=DIR",
      description =
          "where an encoder is that has moved since training: a directory or hf:ORG/NAME[@REVISION]")
  private Map<String, String> moved = new LinkedHashMap<>();

  /** The model's folder. */
  public ModelDirectory directory() {
    return new ModelDirectory(model);
  }

  /** By modality, where encoders are that have moved since training. */
  public Map<String, Path> moved() {
    return EncoderPlace.directories(moved);
  }

  /** Looks at the model without loading its weights. */
  public SavedModel open(Pmf pmf) {
    return pmf.saved(model, moved());
  }

  /** Loads the model; the caller closes it. */
  public Classifier load(Pmf pmf) {
    return pmf.load(model, moved());
  }
}
