package org.pmf4j.core.encoder;

import java.nio.file.Path;
import java.util.List;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * The preprocessor of an encoder that was loaded for ready-made inputs.
 *
 * @param encoder its directory
 */
record NoPreprocessor(Path encoder) implements Preprocessor {
  @Override
  public Named<HostTensor> prepare(Source source) {
    throw refused();
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> samples) {
    throw refused();
  }

  @Override
  public int length(Named<HostTensor> sample) {
    throw refused();
  }

  private IllegalStateException refused() {
    return new IllegalStateException(encoder + " was loaded without preprocessing");
  }

  @Override
  public String fingerprint() {
    return "none";
  }

  @Override
  public void close() {}
}
