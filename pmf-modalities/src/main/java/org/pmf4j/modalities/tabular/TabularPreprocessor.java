package org.pmf4j.modalities.tabular;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/**
 * From a row to the inputs that {@link Features} names; all rows have the same features, so that
 * nothing is padded.
 *
 * @param schema of the rows
 */
record TabularPreprocessor(Schema schema) implements Preprocessor {
  @Override
  public Named<HostTensor> prepare(Source source) {
    return schema.features(source).inputs();
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> samples) {
    Map<String, HostTensor> batch = new LinkedHashMap<>();
    samples.get(0).names().forEach(n -> batch.put(n, stacked(samples, n)));
    return Named.of(batch);
  }

  private static HostTensor stacked(List<Named<HostTensor>> samples, String name) {
    HostTensor first = samples.get(0).get(name);
    DType type = first.dtype();
    Shape shape = Shape.of(samples.size(), first.shape().dim(0));
    ByteBuffer all = HostTensor.direct(Math.toIntExact(shape.size()), type);
    samples.forEach(sample -> all.put(sample.get(name).data()));
    return new HostTensor(shape, type, all.rewind());
  }

  @Override
  public int length(Named<HostTensor> sample) {
    return 1 + schema.numbers() + schema.cardinalities().size();
  }

  @Override
  public String fingerprint() {
    return Fingerprint.ofParts("tabular preprocessing 1", schema.toString());
  }

  /** There is nothing to free. */
  @Override
  public void close() {}
}
