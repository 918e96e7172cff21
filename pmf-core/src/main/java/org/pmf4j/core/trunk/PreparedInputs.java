package org.pmf4j.core.trunk;

import java.util.List;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.encoder.LoadedEncoder;

/**
 * Preprocessing of whole batches, for trunks that keep nothing.
 *
 * @param encoders by modality
 */
record PreparedInputs(Named<LoadedEncoder> encoders) {
  /** The inputs of the modalities that the examples have. */
  Batch<HostTensor> prepare(List<Example> examples) {
    Named<ModalityInput<HostTensor>> all = Named.none();
    for (String m : ModalityPattern.common(examples, encoders.names()).modalities()) {
      Preprocessor p = encoders.get(m).preprocessor();
      List<Named<HostTensor>> samples = examples.stream().map(e -> e.prepare(m, p)).toList();
      all = all.with(m, new ModalityInput.EncoderInput<>(p.collate(samples)));
    }
    return Batch.of(all);
  }

  /** Tokens of the texts; what must be decoded to be measured counts as nothing. */
  int length(Example example) {
    int n = 0;
    for (String m : encoders.names()) {
      if (example.source(m).orElse(null) instanceof Source.Text) {
        Preprocessor p = encoders.get(m).preprocessor();
        n += p.length(example.prepare(m, p));
      }
    }
    return n;
  }
}
