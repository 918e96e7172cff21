package org.pmf4j.core.encoder;

import java.nio.file.Path;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;

/**
 * The modality of an encoder that was loaded for ready-made inputs: no plugin needs to bring it.
 *
 * @param name what the encoder's family calls it
 */
record NoModality(String name) implements Modality {
  @Override
  public String description() {
    return "inputs that were preprocessed elsewhere";
  }

  @Override
  public Source parse(String cell, Path folder) {
    throw refused();
  }

  @Override
  public Preprocessor preprocessor(Path encoder, String modelType) {
    throw refused();
  }

  private IllegalStateException refused() {
    return new IllegalStateException("the encoder was loaded without preprocessing");
  }
}
