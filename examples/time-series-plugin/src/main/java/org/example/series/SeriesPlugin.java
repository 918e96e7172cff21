package org.example.series;

import java.util.List;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.plugin.PmfPlugin;

/**
 * Brings the modality {@code series}, the encoder families {@code pmf-series-transformer} and
 * {@code pmf-series-parallel}, and the fusion method {@code gated-sum}.
 */
public final class SeriesPlugin implements PmfPlugin {
  /** For the service loader. */
  public SeriesPlugin() {}

  @Override
  public String name() {
    return "time-series";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<Modality> modalities() {
    return List.of(new SeriesModality());
  }

  @Override
  public List<EncoderFamily> encoderFamilies() {
    return List.of(new SeriesFamily(), new ParallelFamily());
  }

  @Override
  public List<FusionMethod> fusionMethods() {
    return List.of(new GatedSumMethod());
  }
}
