package org.pmf4j.core.pmf;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

/**
 * PMF exactly as the paper draws it: whole layers run on tokens and prompts together, and rows that
 * nobody asks for are dropped afterwards. The same function of the same parameters as {@link
 * PmfMethod}, at a higher cost: what its speed is compared with and its results are held against.
 * Immutable, so that any number of threads may share it.
 */
public final class WholeLayersMethod implements FusionMethod {
  /** Its name. */
  public static final String NAME = "pmf-whole-layers";

  private final PmfMethod pmf = new PmfMethod();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "pmf computed literally as in the paper, to compare with: the same results, slower";
  }

  @Override
  public List<Setting<?>> settings() {
    return pmf.settings();
  }

  @Override
  public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    return pmf.plan(encoders, settings);
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    return WholeLayers.of((PmfModel) pmf.build(encoders, outputs, settings, parameters));
  }
}
