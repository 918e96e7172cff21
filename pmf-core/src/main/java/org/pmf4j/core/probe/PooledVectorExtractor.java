package org.pmf4j.core.probe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.TrunkBatches;
import org.pmf4j.core.trunk.Trunks;

/**
 * Runs what is left of the frozen encoders above their trunks, each alone, and keeps the pooled
 * vectors. For one thread at a time.
 */
final class PooledVectorExtractor implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 64;

  private final Backend backend;
  private final FusedModel model;
  private final Trunks trunks;
  private final Program program;

  /**
   * An extractor.
   *
   * @param model whose encoders are frozen; it stays the caller's
   * @param trunks of the model, which stay the caller's
   */
  PooledVectorExtractor(Backend backend, FusedModel model, Trunks trunks) {
    this.backend = backend;
    this.model = model;
    this.trunks = trunks;
    this.program =
        backend.inference("pooled vectors", in -> pooled(model.tokens(BatchCodec.batch(in))));
  }

  private Named<Tensor> pooled(Named<Tokens> tokens) {
    Map<String, Tensor> pooled = new LinkedHashMap<>();
    tokens
        .asMap()
        .forEach(
            (m, t) -> {
              Encoder e = encoder(m);
              int first = e.depth() - model.plan().fusionLayers().get(m);
              pooled.put(m, EncoderLayers.pooledFrom(e, t, first));
            });
    return Named.of(pooled);
  }

  private Encoder encoder(String modality) {
    return model.encoders().get(modality).encoder();
  }

  /**
   * The vectors of some examples, by modality.
   *
   * @throws org.pmf4j.api.error.PmfException naming a sample that cannot be read; of the kind
   *     STOPPED, if {@code progress} asks to stop
   */
  Named<PooledVectors> extract(String what, List<Example> examples, Progress progress) {
    Named<PooledVectors> all =
        model.encoders().map(e -> PooledVectors.empty(examples.size(), e.encoder().width()));
    new TrunkBatches(trunks, model.encoders().names(), ROWS_AT_ONCE)
        .forEach(what, examples, progress, (rows, prepared) -> keep(all, rows, prepared));
    return all;
  }

  private void keep(Named<PooledVectors> all, List<Integer> rows, Batch<HostTensor> prepared) {
    Batch<Tensor> placed = trunks.place(prepared);
    try {
      Named<Tensor> out = program.run(BatchCodec.names(placed));
      try {
        out.asMap().forEach((m, t) -> keep(all.get(m), rows, backend.read(t).floats()));
      } finally {
        out.asMap().values().forEach(Tensor::close);
      }
    } finally {
      placed.tensors().forEach(Tensor::close);
    }
  }

  private static void keep(PooledVectors vectors, List<Integer> rows, float[] found) {
    for (int i = 0; i < rows.size(); i++) {
      vectors.put(rows.get(i), found, i * vectors.features().width());
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
