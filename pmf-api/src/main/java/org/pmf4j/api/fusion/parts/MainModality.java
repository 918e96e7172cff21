package org.pmf4j.api.fusion.parts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

/**
 * The modality into whose encoder a method brings what the others know: the setting {@code main}.
 * No sample may lack it, for the others have no classifier of their own. Immutable, so that any
 * number of threads may share it.
 *
 * @param name the modality
 * @param others the other modalities, in their order
 * @since API version 2
 */
public record MainModality(String name, List<String> others) {
  /** {@code text} where there is such a modality, else the one that was named last. */
  private static final String AUTO = "auto";

  /** The setting. */
  public static final Setting<String> SETTING =
      Setting.text(
          "main",
          AUTO,
          text -> Optional.of(text).filter(t -> !t.isBlank()),
          text -> text,
          "a modality's name, or auto",
          "the modality that the others are brought into; auto for text, else the last one");

  /**
   * Finds the modality.
   *
   * @param method its name, for messages
   * @param settings with {@link #SETTING} among them
   * @param modalities of the encoders, in order
   * @throws PmfException if there are fewer than two encoders, or it names none of them
   */
  public static MainModality of(String method, Settings settings, Collection<String> modalities) {
    EncoderCount.requireSeveral(method, modalities);
    List<String> names = new ArrayList<>(modalities);
    String name = settings.get(SETTING);
    if (name.equals(AUTO)) {
      name = names.contains("text") ? "text" : names.get(names.size() - 1);
    }
    if (!names.remove(name)) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "main of %s names the unknown modality '%s'; there are: %s",
              method,
              name,
              String.join(", ", modalities)));
    }
    return new MainModality(name, List.copyOf(names));
  }

  /**
   * What the main modality has, and something else for each of the others.
   *
   * @param all by modality
   */
  public <T> Named<T> alone(Named<T> all, T others) {
    Map<String, T> values = new LinkedHashMap<>();
    all.asMap().forEach((m, value) -> values.put(m, m.equals(name) ? value : others));
    return Named.of(values);
  }

  /**
   * Something of each of the other modalities.
   *
   * @param each what it is of one of them
   * @return by modality, in their order
   */
  public <T> Named<T> ofOthers(Function<String, ? extends T> each) {
    Map<String, T> values = new LinkedHashMap<>();
    others.forEach(m -> values.put(m, each.apply(m)));
    return Named.of(values);
  }

  /**
   * Makes the classifier on the main encoder's pooled token, {@code head.<main>}.
   *
   * @param encoders by modality
   */
  public TrainedLinear head(Named<Encoder> encoders, int outputs, Parameters parameters) {
    return TrainedLinear.make("head." + name, encoders.get(name).width(), outputs, parameters);
  }

  /** The other modalities that the samples have. */
  public List<String> othersIn(Named<Tokens> trunk) {
    return others.stream().filter(trunk::has).toList();
  }
}
