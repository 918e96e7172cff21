package org.pmf4j.core.pool;

import java.util.List;
import java.util.Optional;
import org.pmf4j.api.modality.LengthLimit;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/** A preprocessor that several models use and none of them closes. As safe as what it wraps. */
record LentPreprocessor(Preprocessor owned) implements Preprocessor {
  @Override
  public Named<HostTensor> prepare(Source source) {
    return owned.prepare(source);
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> samples) {
    return owned.collate(samples);
  }

  @Override
  public int length(Named<HostTensor> sample) {
    return owned.length(sample);
  }

  @Override
  public Optional<LengthLimit> lengthLimit() {
    return owned.lengthLimit();
  }

  @Override
  public int promptTokens() {
    return owned.promptTokens();
  }

  @Override
  public String fingerprint() {
    return owned.fingerprint();
  }

  @Override
  public void close() {
    // Its owner's
  }
}
