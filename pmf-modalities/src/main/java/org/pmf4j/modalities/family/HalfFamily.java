package org.pmf4j.modalities.family;

import java.util.Optional;
import java.util.stream.Stream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.modalities.directory.ModelHalf;

/**
 * The family of one half of a model of texts and images, in the checkpoint of the whole model or in
 * one of its own: it shows the half's family the half's settings. Immutable, so that any number of
 * threads may share it.
 *
 * @param modelType of the checkpoint
 * @param half where its settings stand
 * @param family that reads the half alone
 */
public record HalfFamily(String modelType, ModelHalf half, EncoderFamily family)
    implements EncoderFamily {

  /**
   * A half alone, and in the whole model. What a config.json says of the whole and what it says of
   * the half are checked apart.
   *
   * @param family that reads the half alone
   */
  public static Stream<EncoderFamily> of(ModelHalf half, EncoderFamily family) {
    EncoderFamily checked = new CheckedFamily(family);
    return Stream.of(
        new HalfFamily(half.modelType(), half, checked),
        new CheckedFamily(new HalfFamily(half.whole(), half, checked)));
  }

  @Override
  public String modality() {
    return family.modality();
  }

  @Override
  public String prefix() {
    return family.prefix();
  }

  @Override
  public boolean ignores(String name) {
    return family.ignores(name);
  }

  @Override
  public EncoderConfig part(EncoderConfig config) {
    return half.in(config);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return family.shape(part(config));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    return family.build(part(config), weights, layers);
  }
}
