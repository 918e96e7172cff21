package org.pmf4j.api.fusion;

import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

/**
 * Offered by a plugin: a way to fuse encoders. It declares its {@link #settings}, plans by the
 * encoders' shapes before any weight is read, and then builds what it planned. Implementations have
 * no state that changes: several threads may use one at once.
 */
public interface FusionMethod {
  /** The name it is chosen by and saved under. */
  String name();

  /** One line for listings. */
  String description();

  /**
   * All settings, in the order in which they are listed and saved.
   *
   * @since API version 2
   */
  default List<Setting<?>> settings() {
    return Setting.like(defaults());
  }

  /**
   * Says what it is going to do. Called before tables and weights are read, so that whatever does
   * not go together is refused at once.
   *
   * @param encoders by modality, in the order in which they were named
   * @param settings of this method
   * @throws org.pmf4j.api.error.PmfException if settings and encoders do not go together
   * @since API version 2
   */
  default FusionPlan plan(Named<EncoderShape> encoders, Settings settings) {
    return ShapeOnly.plan(this, encoders, settings);
  }

  /**
   * Builds the model.
   *
   * @param encoders by modality, of the shapes that were planned for
   * @param outputs number of logits
   * @param settings as they were planned with
   * @param parameters makes the trainable tensors
   * @throws org.pmf4j.api.error.PmfException if settings and encoders do not go together
   * @since API version 2
   */
  default FusionModel build(
      Named<Encoder> encoders, int outputs, Settings settings, Parameters parameters) {
    return build(encoders, outputs, settings.toMap(), parameters);
  }

  /**
   * All settings with their default values, as version 1 of these interfaces had them.
   *
   * @deprecated since version 2: declare {@link #settings}
   */
  @Deprecated(since = "2")
  default Map<String, Object> defaults() {
    return Map.of();
  }

  /**
   * What becomes of the encoders' weights, as version 1 of these interfaces had it.
   *
   * @deprecated since version 2: say it in the {@link #plan}
   */
  @Deprecated(since = "2")
  default Tuning tuning() {
    return Tuning.FROZEN;
  }

  /**
   * Builds the model, as version 1 of these interfaces did.
   *
   * @param settings a value for each key of {@link #defaults()}
   * @deprecated since version 2: take {@link Settings}
   */
  @Deprecated(since = "2")
  default FusionModel build(
      Named<Encoder> encoders, int outputs, Map<String, Object> settings, Parameters parameters) {
    throw new IllegalStateException(
        getClass().getName() + " has no build(Named, int, Settings, Parameters)");
  }
}
