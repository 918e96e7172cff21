package org.pmf4j.bench.fusion.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Named;

/**
 * The modality into whose encoder a method brings what the others know: the setting {@code main}.
 * No sample may lack it, for the others have no classifier of their own. Immutable, so that any
 * number of threads may share it.
 *
 * @param name the modality
 * @param others the other modalities, in their order
 */
public record MainModality(String name, List<String> others) {
  /** The setting's name. */
  public static final String KEY = "main";

  /** {@code text} where there is such a modality, else the one that was named last. */
  public static final String AUTO = "auto";

  /**
   * Reads the setting.
   *
   * @throws PmfException if there are fewer than two encoders, or it names none of them
   */
  public static MainModality of(MethodSettings settings, Named<Encoder> encoders) {
    EncoderCount.requireSeveral(settings.method(), encoders);
    List<String> names = new ArrayList<>(encoders.names());
    String name = settings.text(KEY);
    if (name.equals(AUTO)) {
      name = encoders.has("text") ? "text" : names.get(names.size() - 1);
    }
    if (!names.remove(name)) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "main of %s names the unknown modality '%s'; there are: %s",
              settings.method(),
              name,
              String.join(", ", encoders.names())));
    }
    return new MainModality(name, List.copyOf(names));
  }

  /** The other modalities that the samples have. */
  public List<String> othersIn(Named<Tokens> trunk) {
    return others.stream().filter(trunk::has).toList();
  }
}
