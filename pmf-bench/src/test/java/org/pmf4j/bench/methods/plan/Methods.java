package org.pmf4j.bench.methods.plan;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.pmf.PmfMethod;
import org.pmf4j.methods.probe.LinearProbeMethod;

/**
 * Methods to plan with: the core's, and one that trains the encoders, of which only this counts.
 */
public final class Methods implements PmfPlugin {
  /** The name of the method that trains the encoders. */
  public static final String TUNED = "tuned";

  /** The registry of them. */
  static PluginRegistry.Catalog<FusionMethod> all() {
    return new PluginRegistry(List.of(new Methods())).fusionMethods();
  }

  @Override
  public String name() {
    return "methods of tests";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<FusionMethod> fusionMethods() {
    return List.of(new PmfMethod(), new LinearProbeMethod(), new Tuned());
  }

  private static final class Tuned implements FusionMethod {
    @Override
    public String name() {
      return TUNED;
    }

    @Override
    public String description() {
      return "trains everything";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(Setting.whole("width", 8, 1, "of nothing"));
    }

    @Override
    public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
      return FusionPlan.frozen(encoders.map(EncoderShape::depth)).tuningAll();
    }

    @Override
    public FusionModel build(
        Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
      throw new UnsupportedOperationException("planned, never built");
    }
  }
}
