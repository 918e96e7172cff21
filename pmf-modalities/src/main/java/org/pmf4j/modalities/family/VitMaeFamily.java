package org.pmf4j.modalities.family;

import java.util.Optional;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.Weights;

/**
 * The encoder of masked autoencoders (He et al., 2022), {@code ViTMAEModel} of Hugging Face
 * transformers: ViT with positions that are fixed sines and stand among the weights. Pretraining
 * hides patches; here all are kept, in their order, whatever {@code mask_ratio} says. The reference
 * keeps 1 − {@code mask_ratio} of the patches in every run, in an order drawn at random, at 0 all
 * of them, shuffled: states are the same by patch, as positions are added before. The pooled vector
 * is the CLS state after the final norm. Immutable, so that any number of threads may share it.
 */
public final class VitMaeFamily implements EncoderFamily {
  private static final VitFamily VIT = new VitFamily();

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of("vit.", "decoder.", "pooler.", "classifier.");

  @Override
  public String modelType() {
    return "vit_mae";
  }

  @Override
  public String modality() {
    return "image";
  }

  @Override
  public String prefix() {
    return "vit.";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return VIT.shape(config);
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    return VIT.build(config, weights, layers);
  }
}
