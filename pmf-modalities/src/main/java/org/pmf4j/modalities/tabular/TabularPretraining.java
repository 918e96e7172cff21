package org.pmf4j.modalities.tabular;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.directory.ExtraSizes;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * New FT-Transformers: {@code mlp-width}, and {@code quantiles}, the most that are kept of a
 * column's numbers, or 1 to scale by mean and deviation.
 */
final class TabularPretraining implements Pretraining {
  private static final String MODEL_TYPE = "ft-transformer";
  private static final String MLP_WIDTH = "mlp-width";
  private static final String QUANTILES = "quantiles";

  /** As scikit-learn has it. */
  private static final int USUAL_QUANTILES = 1000;

  /** Of the deviation of a column. */
  private static final double NOISE = 0.01;

  @Override
  public String modelType() {
    return MODEL_TYPE;
  }

  @Override
  public void initialize(Path directory, Sizes sizes, List<Source> corpus) {
    ExtraSizes extra = ExtraSizes.of(sizes, Set.of(MLP_WIDTH, QUANTILES));
    Schema schema = SchemaOfRows.of(corpus, extra.get(QUANTILES, USUAL_QUANTILES));
    SettingsFiles target = new SettingsFiles(directory);
    schema.write(target);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", MODEL_TYPE);
    config.put("hidden_size", sizes.width());
    config.put("num_hidden_layers", sizes.depth());
    config.put("num_attention_heads", sizes.heads());
    config.put("intermediate_size", extra.get(MLP_WIDTH, 2 * sizes.width()));
    config.put("hidden_act", "relu");
    config.put("layer_norm_eps", 1e-5);
    config.put("num_numbers", schema.numbers());
    config.put("cardinalities", schema.cardinalities());
    target.write("config.json", config);
  }

  /** A little noise on the numbers. */
  @Override
  public Named<HostTensor> augment(Named<HostTensor> sample, RandomGenerator random) {
    if (!sample.has(Features.NUMBERS)) {
      return sample;
    }
    float[] changed = sample.get(Features.NUMBERS).floats();
    for (int i = 0; i < changed.length; i++) {
      changed[i] += (float) random.nextGaussian(0, NOISE);
    }
    return sample.with(Features.NUMBERS, HostTensor.of(changed, changed.length));
  }

  @Override
  public Optional<MaskedFeatures> maskedFeatures() {
    return Optional.of(directory -> new HiddenFeatures(Schema.read(new SettingsFiles(directory))));
  }
}
