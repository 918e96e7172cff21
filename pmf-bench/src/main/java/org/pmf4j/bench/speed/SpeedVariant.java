package org.pmf4j.bench.speed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.pmf.WholeLayersMethod;

/** The pieces of work that are timed. */
public enum SpeedVariant {
  /** PMF's training step where the trunk is read from the cache. */
  PMF_CACHED_STEP(
      "PMF, trunk cached", "pmf", Trunk.CACHED, Kind.STEP, Original.WHOLE, Original.CACHED),
  /** PMF's training step where the trunk is computed. */
  PMF_STEP("PMF, trunk computed", "pmf", Trunk.COMPUTED, Kind.STEP, Original.WHOLE),
  /** The same as the paper draws it. */
  WHOLE_CACHED_STEP(
      "whole layers, trunk cached",
      WholeLayersMethod.NAME,
      Trunk.CACHED,
      Kind.STEP,
      Original.CACHED),
  /** The same as the paper draws it: what all are compared with. */
  WHOLE_STEP(
      "whole layers, trunk computed",
      WholeLayersMethod.NAME,
      Trunk.COMPUTED,
      Kind.STEP,
      Original.WHOLE),
  /** Fine-tuning of all weights. */
  FULL_STEP(
      "full fine-tuning, late concatenation",
      "late-concat",
      Trunk.COMPUTED,
      Kind.STEP,
      Original.FULL),
  /** PMF's inference. */
  PMF_INFERENCE("PMF", "pmf", Trunk.COMPUTED, Kind.INFERENCE, Original.INFERENCE),
  /** The same as the paper draws it. */
  WHOLE_INFERENCE(
      "whole layers", WholeLayersMethod.NAME, Trunk.COMPUTED, Kind.INFERENCE, Original.INFERENCE);

  private final String title;
  private final String method;
  private final Trunk trunk;
  private final Kind kind;
  private final List<String> originals;

  SpeedVariant(String title, String method, Trunk trunk, Kind kind, String... originals) {
    this.title = title;
    this.method = method;
    this.trunk = trunk;
    this.kind = kind;
    this.originals = List.of(originals);
  }

  /** The names of the originals in Python. */
  private static final class Original {
    static final String WHOLE = "whole-layers step";
    static final String CACHED = "whole-layers step, trunk cached";
    static final String FULL = "full fine-tuning step";
    static final String INFERENCE = "inference";

    private Original() {}
  }

  /** Where what enters the first fusion layer comes from. */
  enum Trunk {
    /** Files that were written before. */
    CACHED,
    /** The encoders' lower layers. */
    COMPUTED
  }

  /** What is done with a batch. */
  public enum Kind {
    /** Forward, backward and optimizer. */
    STEP,
    /** Logits. */
    INFERENCE
  }

  /** The name on the command line, such as {@code pmf-cached-step}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is, for people; among its kind. */
  public String title() {
    return title;
  }

  /** What it does with a batch. */
  public Kind kind() {
    return kind;
  }

  /** The fusion method. */
  String method() {
    return method;
  }

  Trunk trunk() {
    return trunk;
  }

  /** The originals in Python that do the same work. */
  List<String> originals() {
    return originals;
  }

  /** What it is compared with. */
  SpeedVariant baseline() {
    return kind == Kind.STEP ? WHOLE_STEP : WHOLE_INFERENCE;
  }

  /**
   * The variant of a name.
   *
   * @throws PmfException naming all, if there is none
   */
  public static SpeedVariant named(String key) {
    return Arrays.stream(values())
        .filter(v -> v.key().equals(key))
        .findFirst()
        .orElseThrow(() -> PmfException.usage("variants: '" + key + "' is none of: " + keys()));
  }

  /** All names, separated by commas. */
  public static String keys() {
    return Arrays.stream(values()).map(SpeedVariant::key).collect(Collectors.joining(","));
  }
}
