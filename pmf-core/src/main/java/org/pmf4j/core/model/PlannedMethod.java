package org.pmf4j.core.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;

/**
 * A fusion method with its settings, and what it is going to do. Immutable, so that any number of
 * threads may share it.
 *
 * @param method that builds the model
 * @param settings complete and in their ranges
 * @param plan for the encoders at hand
 */
public record PlannedMethod(FusionMethod method, Settings settings, FusionPlan plan) {

  /**
   * A method's settings.
   *
   * @param changes what differs from its defaults: values as they are saved, or their texts
   * @throws PmfException for an unknown name or a value out of range
   */
  public static Settings settings(FusionMethod method, Map<String, ?> changes) {
    return Settings.defaults("method " + method.name(), method.settings()).with(changes);
  }

  /**
   * A method's settings in a model or a run that was saved, which may be older than some of them.
   *
   * @param saved values as they were saved, or their texts
   * @throws PmfException for an unknown name or a value out of range
   */
  public static Settings savedSettings(FusionMethod method, Map<String, ?> saved) {
    return Settings.defaults("method " + method.name(), method.settings()).saved(saved);
  }

  /**
   * Plans a method.
   *
   * @param encoders by modality
   * @throws PmfException if settings and encoders do not go together
   */
  public static PlannedMethod of(
      FusionMethod method, Settings settings, Named<EncoderShape> encoders) {
    return new PlannedMethod(method, settings, method.plan(encoders, settings));
  }

  /** The method's name. */
  public String name() {
    return method.name();
  }

  /** True if the encoders' own weights are trained. */
  public boolean tunesEncoders() {
    return plan.tuning() == Tuning.FULL;
  }

  /**
   * Builds the model.
   *
   * @param encoders by modality, of the shapes that were planned for
   * @param parameters makes what is trained
   */
  FusionModel build(Named<Encoder> encoders, int outputs, Parameters parameters) {
    return method.build(encoders, outputs, settings, parameters);
  }

  /**
   * Refuses examples of which the method cannot compute anything.
   *
   * @throws PmfException naming the first example that lacks what the method cannot do without
   */
  public void requireIn(List<Example> examples) {
    for (String modality : plan.required()) {
      for (Example e : examples) {
        if (e.source(modality).isEmpty()) {
          throw PmfException.input(
              String.format(
                  Locale.ROOT,
                  "%s: no %s, which method %s needs in every row; fill it in, or choose a method or settings that do without",
                  e.place(),
                  modality,
                  name()));
        }
      }
    }
  }
}
