package org.pmf4j.core.pmf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.parts.EncoderCount;
import org.pmf4j.api.fusion.parts.FusionLayers;
import org.pmf4j.api.fusion.prompt.FusionContextPrompt;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

/**
 * Builds PMF models over any number of encoders, of any widths and depths. Immutable, so that any
 * number of threads may share it.
 */
public final class PmfMethod implements FusionMethod {
  /** What it is called. */
  public static final String NAME = "pmf";

  /** What the command line has options of its own for, in the order in which they are listed. */
  public static final List<PmfOption> OPTIONS = PmfSettings.OPTIONS;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "interactive prompting in the last layers of frozen encoders (Li et al., CVPR 2023)";
  }

  @Override
  public List<Setting<?>> settings() {
    return PmfSettings.ALL;
  }

  @Override
  public FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    EncoderCount.requireSeveral(name(), encoders.names());
    settings.get(PmfSettings.PAIRS).check(encoders.names());
    int layers = FusionLayers.of(PmfSettings.FUSION_LAYERS, settings, encoders, 0);
    return FusionPlan.frozen(encoders.map(e -> layers));
  }

  @Override
  public FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    PmfSettings s = new PmfSettings(settings);
    List<PmfFusionLayer> layers = new ArrayList<>();
    for (int l = 0; l < s.fusionLayers(); l++) {
      layers.add(layer(l, encoders, s, parameters));
    }
    Head head = s.head().build(encoders.map(Encoder::width), outputs, s, parameters);
    return new PmfModel(encoders, layers, head);
  }

  private static PmfFusionLayer layer(
      int l, Named<Encoder> encoders, PmfSettings s, Parameters parameters) {
    String prefix = "fusion." + l + ".";
    Named<Integer> widths = encoders.map(Encoder::width);
    List<QueryStage> queryStages = new ArrayList<>();
    Map<String, FusionContextPrompt> contexts = new LinkedHashMap<>();
    Map<String, EncoderLayer> frozen = new LinkedHashMap<>();
    encoders
        .asMap()
        .forEach(
            (x, encoder) -> {
              frozen.put(x, encoder.layers().get(encoder.depth() - s.fusionLayers() + l));
              for (String y : encoders.names()) {
                if (s.pairs().has(x, y)) {
                  queryStages.add(QueryStage.make(prefix, x, y, widths, s, parameters));
                }
              }
              int contextPrompts = s.fusionContextPrompts();
              if (contextPrompts > 0) {
                contexts.put(
                    x,
                    FusionContextPrompt.make(
                        prefix + x + ".",
                        contextPrompts,
                        encoder.width(),
                        s.promptStart(),
                        parameters));
              }
            });
    return new PmfFusionLayer(
        Named.of(frozen),
        encoders.map(Encoder::pooling),
        new TrainedLayer(queryStages, Named.of(contexts)));
  }
}
